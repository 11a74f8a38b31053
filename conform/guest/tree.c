/* SPDX-License-Identifier: MIT */
#include "guest.h"

/* What a device tree says of the console. */

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

/* The address in the name of the last node of a path. false: it has none. */
static bool unit_of(const char *path, uint64_t *unit)
{
    bool has_unit = false;

    for (; *path != '\0' && *path != ':'; path++) {
        const unsigned digit = *path >= '0' && *path <= '9'   ? (unsigned)(*path - '0')
                               : *path >= 'a' && *path <= 'f' ? (unsigned)(*path - 'a') + 10u
                                                              : 16u;

        if (*path == '/')
            has_unit = false;
        else if (*path == '@')
            has_unit = true, *unit = 0;
        else if (has_unit && digit < 16u)
            *unit = *unit << 4 | digit;
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
    uart_start(&first);
    return first.kind != UART_NONE;
}
