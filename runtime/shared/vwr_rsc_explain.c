/* SPDX-License-Identifier: MIT */
#include "vwr/rsc.h"
#include "vwr/text.h"

/* Messages about resource tables. # stands for `where`, and % for `got`. */

static const char *const rsc_texts[] = {
    [VWR_RSC_OK] = "the table is valid",
    [VWR_RSC_BAD_BASE] = "the address of the table is not a multiple of 4",
    [VWR_RSC_BAD_BYTES] = "the header and the offsets do not fit into % bytes",
    [VWR_RSC_BAD_ORDER] = "the version reads %: the other processor has another byte order",
    [VWR_RSC_BAD_VERSION] = "the version reads %, not 0x1",
    [VWR_RSC_BAD_NUM] = "the table has % entries, which are too many",
    [VWR_RSC_BAD_RESERVED] = "a reserved field of entry # (0xffffffff: of the table) reads %, not 0",
    [VWR_RSC_BAD_OFFSET] = "entry # is at offset %: not aligned to 4 bytes, in the header, or outside",
    [VWR_RSC_BAD_LENGTH] =
        "entry # ends outside of the table: it has a configuration of, or room for, % bytes",
    [VWR_RSC_BAD_OVERLAP] = "entry #, which is at offset %, overlaps another entry",
    [VWR_RSC_BAD_VRINGS] = "entry # has % vrings, which are too many",
    [VWR_RSC_BAD_SIZE] = "vring # has % descriptors: not a power of 2, or too many",
    [VWR_RSC_BAD_ALIGN] = "vring # has an alignment of %: not a power of 2 from 0x4 to 0x1000",
    [VWR_RSC_BAD_PLACE] = "vring # is at %: not aligned, or not inside of the memory for vrings",
    [VWR_RSC_BAD_SHARED] = "vring #, which is at %, overlaps another vring",
};

size_t vwr_rsc_explain(const struct vwr_rsc_table *t, char *text, size_t bytes)
{
    struct vwr_text out;

    vwr_text_begin(&out, text, bytes);
    for (const char *s = rsc_texts[t->error]; *s != '\0'; s++) {
        if (*s == '#')
            vwr_text_hex(&out, t->where);
        else if (*s == '%')
            vwr_text_hex(&out, t->got);
        else
            vwr_text_char(&out, *s);
    }
    return out.length;
}
