import { Button, Checkbox, Dropdown, Empty, Input, Menu, Pagination, Radio, Select, Spin, Table } from 'antd'
import type { ReactNode } from 'react'

/**
 * Every antd component the screens show, one sample each: what is not here has no styles. Most stand here because a table
 * shows them: its filters, its paging, its waiting. A test compares the list with the imports.
 */
export const usedComponents: Record<string, ReactNode> = {
  Button: <Button />,
  Checkbox: <Checkbox />,
  Dropdown: (
    <Dropdown menu={{ items: [] }}>
      <i />
    </Dropdown>
  ),
  Empty: <Empty />,
  Input: <Input />,
  Menu: <Menu />,
  Pagination: <Pagination total={100} showSizeChanger />,
  Radio: <Radio />,
  Select: <Select />,
  Spin: <Spin />,
  Table: <Table dataSource={[{ key: 1 }]} columns={[{ title: '1' }]} pagination={false} />,
}
