/** Endings of tables that are read; what a file holds decides how. */
export const tableEndings = '.xlsx,.xlsm,.xlsb,.xls,.et,.ods,.csv,.txt,.tsv,.htm,.html,.xml'
