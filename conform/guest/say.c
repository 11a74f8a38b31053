/* SPDX-License-Identifier: MIT */
#include "guest.h"

#define LINE 1024u

void say(const char *format, ...)
{
    static char line[LINE];
    va_list values;

    va_start(values, format);
    (void)text_format(line, sizeof(line), format, values);
    va_end(values);
    for (const char *at = line; *at != '\0'; at++) {
        if (*at == '\n')
            machine_put('\r');
        machine_put(*at >= ' ' || *at == '\n' ? *at : '?');
    }
}
