export const printOpenapi = async () => ''
