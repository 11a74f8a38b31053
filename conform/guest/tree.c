/* SPDX-License-Identifier: MIT */
#include "guest.h"

/* What a device tree says of the console, which may be on the command line that it has. */

#define CELL 4u

static const struct {
    const char *compatible;
    enum uart_kind kind;
} kinds[] = {{"arm,pl011", UART_PL011},       {"ns16550a", UART_8250}, {"ns16550", UART_8250},
             {"snps,dw-apb-uart", UART_8250}, {"ns8250", UART_8250},   {"arm,sbsa-uart", UART_PL011}};

uint32_t tree_cell(struct vwr_tree_node *n, const char *name, uint32_t otherwise)
{
    uint32_t bytes = 0;
    const vwr_tree_cell *const cell = vwr_tree_get(n, name, &bytes);

    return cell != NULL && bytes >= CELL ? vwr_be32_to_cpu(*cell) : otherwise;
}

/* The path of an alias, such as serial0:115200n8; NULL: there is no such alias. */
static const char *path_of_alias(const struct vwr_tree *t, const char *alias)
{
    char name[32];
    struct vwr_tree_node n;
    size_t bytes = 0;

    while (alias[bytes] != '\0' && alias[bytes] != ':' && bytes + 1 < sizeof(name)) {
        name[bytes] = alias[bytes];
        bytes++;
    }
    name[bytes] = '\0';
    vwr_tree_begin(&n, t);
    while (vwr_tree_next(&n)) {
        const char *const path = vwr_tree_text(&n, name);

        if (path != NULL && path[0] == '/') /* the node is /aliases */
            return path;
    }
    return NULL;
}

static unsigned value_of(char digit)
{
    return digit >= '0' && digit <= '9'   ? (unsigned)(digit - '0')
           : digit >= 'a' && digit <= 'f' ? (unsigned)(digit - 'a') + 10u
                                          : 16u;
}

static bool is_digit(char c)
{
    return value_of(c) < 16u;
}

/* The address in the name of the last node of a path. false: it has none. */
static bool unit_of(const char *path, uint64_t *unit)
{
    bool has_unit = false;

    for (; *path != '\0' && *path != ':'; path++) {
        if (*path == '/')
            has_unit = false;
        else if (*path == '@')
            has_unit = true, *unit = 0;
        else if (has_unit && is_digit(*path))
            *unit = *unit << 4 | value_of(*path);
    }
    return has_unit;
}

static bool uart_of(struct vwr_tree_node *n, struct uart *u)
{
    uint64_t at;
    uint64_t bytes;

    u->kind = UART_NONE;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]) && u->kind == UART_NONE; i++)
        if (vwr_tree_is_compatible(n, kinds[i].compatible))
            u->kind = kinds[i].kind;
    if (u->kind == UART_NONE || !vwr_tree_is_enabled(n) || vwr_tree_reg(n, 0, &at, &bytes) != VWR_OK)
        return false;
    u->at = (uintptr_t)at + tree_cell(n, "reg-offset", 0);
    u->shift = tree_cell(n, "reg-shift", 0);
    u->width = tree_cell(n, "reg-io-width", 1);
    return true;
}

/* Whether the path ends with the address of this console, on its bus or the processor's. */
static bool is_at(struct vwr_tree_node *n, const struct uart *u, uint64_t unit)
{
    uint32_t bytes = 0;
    const vwr_tree_cell *const reg = vwr_tree_get(n, "reg", &bytes);

    return u->at == unit ||
           (bytes >= 2 * CELL && (vwr_be32_to_cpu(reg[0]) == unit || vwr_be32_to_cpu(reg[1]) == unit));
}

/* Whether the text begins with this; then it is behind that. */
static bool skips(const char **text, const char *begin)
{
    const char *at = *text;

    while (*begin != '\0' && *at == *begin) {
        at++;
        begin++;
    }
    if (*begin == '\0')
        *text = at;
    return *begin == '\0';
}

/* The console of Linux's earlycon=pl011,ADDRESS, and uart8250,mmio,ADDRESS or mmio32. */
static bool early_console(const char *line, struct uart *u)
{
    for (; *line != '\0'; line++) {
        const char *at = line;

        if (!skips(&at, "earlycon="))
            continue;
        *u = (struct uart){.kind = UART_NONE, .width = 1};
        if (skips(&at, "pl011,mmio32,0x") || skips(&at, "pl011,0x")) {
            u->kind = UART_PL011;
        } else if (skips(&at, "uart8250,mmio32,0x")) {
            *u = (struct uart){.kind = UART_8250, .shift = 2, .width = 4};
        } else if (skips(&at, "uart8250,mmio,0x")) {
            u->kind = UART_8250;
        }
        for (; is_digit(*at); at++)
            u->at = u->at << 4 | value_of(*at);
        return u->kind != UART_NONE;
    }
    return false;
}

bool tree_console(const struct vwr_tree *t)
{
    const char *path = vwr_tree_chosen(t, "stdout-path");
    struct uart first = {.kind = UART_NONE};
    struct uart u;
    uint64_t unit = 0;
    struct vwr_tree_node n;
    bool has_unit;

    if (path != NULL && path[0] != '/')
        path = path_of_alias(t, path);
    has_unit = path != NULL && unit_of(path, &unit);
    vwr_tree_begin(&n, t);
    while (vwr_tree_next(&n)) {
        if (!uart_of(&n, &u))
            continue;
        if (has_unit && is_at(&n, &u, unit)) {
            first = u;
            break;
        }
        if (first.kind == UART_NONE)
            first = u;
    }
    if (first.kind == UART_NONE && vwr_tree_chosen(t, "bootargs") != NULL)
        (void)early_console(vwr_tree_chosen(t, "bootargs"), &first);
    uart_start(&first);
    return first.kind != UART_NONE;
}
