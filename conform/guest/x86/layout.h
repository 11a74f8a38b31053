/* SPDX-License-Identifier: MIT */
#ifndef LAYOUT_H
#define LAYOUT_H

/* Shared by the sources in assembly language, the link script and the C code. */

#define HEAD_BYTES 0x1000 /* of the file; not loaded with the rest */
#define IMAGE 0x100000    /* where the rest is loaded */

#define SEGMENT_CODE 0x08
#define SEGMENT_DATA 0x10
#define SEGMENT_CODE_32 0x18
#define SEGMENT_IS_CODE_64 0x00af9b000000ffff
#define SEGMENT_IS_DATA 0x00cf93000000ffff
#define SEGMENT_IS_CODE_32 0x00cf9b000000ffff

/* Who has started the image, and so what the boot information is. */
#define FROM_LOADER 0 /* by Linux's protocol in protected or long mode: struct boot_params */
#define FROM_REAL_MODE                                                                                \
    1              /* by header.S: the head of the file, in which the loader has set the command line \
                    */
#define FROM_PVH 2 /* Xen's start information */

#endif
