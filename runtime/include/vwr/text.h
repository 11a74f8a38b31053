/* SPDX-License-Identifier: MIT */
#ifndef VWR_TEXT_H
#define VWR_TEXT_H

#include "vwr/base.h"

VWR_BEGIN_C

/*
 * Text into a buffer of the caller's, without stdio: always terminated, never beyond the end;
 * `length` goes on counting what did not fit. Context: any.
 */
struct vwr_text {
    char *at;
    size_t bytes;
    size_t length;
};

void vwr_text_begin(struct vwr_text *t, char *at, size_t bytes);
void vwr_text_char(struct vwr_text *t, char c);
void vwr_text_str(struct vwr_text *t, const char *s);
void vwr_text_dec(struct vwr_text *t, uint64_t v);
void vwr_text_hex(struct vwr_text *t, uint64_t v);    /* with 0x */
void vwr_text_digits(struct vwr_text *t, uint64_t v); /* the same without */

VWR_END_C

#endif
