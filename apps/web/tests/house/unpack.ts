import chromium from '@sparticuz/chromium'

// A program of its own: the browser unpacks itself into whatever TMPDIR says.
await chromium.executablePath()
