# SPDX-License-Identifier: MIT
"""What goes beside a copy once, and is the embedder's from then on: a port; example.py has the rest."""

import re

from vwr import ROOT

TYPES = """\
#if defined(__has_include)
#if __has_include(<stdint.h>)
#define VWR_PORT_HAS_HEADERS 1
#endif
#endif
#ifdef VWR_PORT_HAS_HEADERS
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#else /* -nostdinc: the compiler's own words for them; or include the header of your tree that has them */
typedef __UINT8_TYPE__ uint8_t;
typedef __UINT16_TYPE__ uint16_t;
typedef __UINT32_TYPE__ uint32_t;
typedef __UINT64_TYPE__ uint64_t;
typedef __UINTPTR_TYPE__ uintptr_t;
typedef __SIZE_TYPE__ size_t;
#ifdef __cplusplus
#define NULL __null
#else
typedef _Bool bool;
#define true 1
#define false 0
#define NULL ((void *)0)
#endif
#endif
"""
TRACE = """\
/*
 * Where the trace goes, which this profile has. In one of your sources:
 *     static struct vwr_trace_event events[256];
 *     struct vwr_trace vwr_port_trace_memory = {events, 256, 0};
 */
#ifdef __cplusplus
extern "C" struct vwr_trace vwr_port_trace_memory;
#else
extern struct vwr_trace vwr_port_trace_memory;
#endif
static inline struct vwr_trace *vwr_port_trace(void)
{
    return &vwr_port_trace_memory;
}
#define vwr_port_trace vwr_port_trace

"""


def port(choice):
    """The port of this profile: the template, or one that is there, as it is but for the types."""
    text = (ROOT / "runtime" / "port" / choice.port / "vwr_port.h").read_text(encoding="utf-8")
    text = re.sub(r"(#include <std(bool|def|int)\.h>\n)+", lambda _: TYPES, text, count=1)
    text = text.replace(f"VWR_PORT_{choice.port.upper()}_H", "VWR_PORT_H")
    if "trace" in choice.parts:
        head, end = text.rsplit("#endif", 1)
        text = head + TRACE + "#endif" + end
    return text
