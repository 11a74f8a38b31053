/* SPDX-License-Identifier: MIT */
#ifndef STAND_FF_H
#define STAND_FF_H

/* Stands in for FatFs's header: the types, settings and calls that its documentation describes. No code. */

#include <stdint.h>

#define FF_VOLUMES 6
#define FF_MIN_SS 512
#define FF_MAX_SS 4096

#define FA_READ 0x01
#define FA_WRITE 0x02
#define FA_OPEN_APPEND 0x30

typedef unsigned int UINT;
typedef unsigned char BYTE;
typedef uint16_t WORD;
typedef uint32_t DWORD;
typedef uint64_t QWORD;
typedef char TCHAR;
typedef DWORD LBA_t;

typedef struct stand_volume {
    BYTE pdrv;
} FATFS;

typedef struct stand_file {
    FATFS *volume;
} FIL;

typedef enum { FR_OK, FR_DENIED = 7 } FRESULT;

FRESULT f_mount(FATFS *volume, const TCHAR *path, BYTE now);
FRESULT f_open(FIL *file, const TCHAR *path, BYTE mode);
FRESULT f_read(FIL *file, void *bytes, UINT count, UINT *done);
FRESULT f_write(FIL *file, const void *bytes, UINT count, UINT *done);
FRESULT f_close(FIL *file);
DWORD get_fattime(void);

#endif
