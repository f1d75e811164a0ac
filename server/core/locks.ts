/** The numbers under which the desk locks what is no row; one each, or two that have nothing to do with each other wait. */
export const locks = { migration: 7_483_921, seal: 7_483_922, import: 7_483_923 } as const
