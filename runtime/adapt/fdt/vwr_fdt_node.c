/* SPDX-License-Identifier: MIT */
#include "vwr_fdt_node.h"
#include "libfdt.h"

#define CELL (int)sizeof(fdt32_t)
#define BUS_RANGE (2 * CELL) /* bytes: first, last */
#define PCI_CELLS 3          /* cells of a PCI address; with the pin, they are the key of an interrupt map */

static uint64_t fdt_number(const fdt32_t *at, int cells)
{
    uint64_t v = 0;

    for (int i = 0; i < cells; i++)
        v = v << 32 | fdt32_ld(at + i);
    return v;
}

static const fdt32_t *fdt_cells_of(const void *fdt, int node, const char *name, int *cells)
{
    int bytes;
    const fdt32_t *const p = fdt_getprop(fdt, node, name, &bytes);

    *cells = p != NULL ? bytes / CELL : 0;
    return p;
}

/* Reads a property of one cell that is a number of cells. */
static int fdt_count(const void *fdt, int node, const char *name, int otherwise)
{
    int bytes;
    const fdt32_t *const p = fdt_getprop(fdt, node, name, &bytes);

    if (p == NULL)
        return otherwise;
    return bytes != CELL || fdt32_ld(p) > FDT_MAX_NCELLS ? VWR_EPROTO : (int)fdt32_ld(p);
}

static int fdt_with_phandle(const void *fdt, uint32_t phandle)
{
    const fdt32_t wanted = cpu_to_fdt32(phandle);

    return fdt_node_offset_by_prop_value(fdt, -1, "phandle", &wanted, CELL);
}

static bool fdt_is_text(const char *text, int bytes)
{
    return text != NULL && bytes > 0 && text[bytes - 1] == '\0';
}

bool vwr_fdt_is_compatible(const void *fdt, int node, const char *compatible)
{
    int bytes;
    const char *const text = fdt_getprop(fdt, node, "compatible", &bytes);

    return fdt_is_text(text, bytes) && fdt_node_check_compatible(fdt, node, compatible) == 0;
}

bool vwr_fdt_is_enabled(const void *fdt, int node)
{
    for (; node >= 0; node = fdt_parent_offset(fdt, node)) {
        int bytes;
        const char *const status = fdt_getprop(fdt, node, "status", &bytes);

        if (status == NULL || bytes == 0)
            continue;
        if (!fdt_is_text(status, bytes) ||
            (!fdt_stringlist_contains(status, 3, "ok") && !fdt_stringlist_contains(status, 5, "okay")))
            return false;
    }
    return true;
}

bool vwr_fdt_is_coherent(const void *fdt, int node)
{
    for (; node >= 0; node = fdt_parent_offset(fdt, node))
        if (fdt_getprop(fdt, node, "dma-coherent", NULL) != NULL)
            return true;
    return false;
}

/* Translates an address on the bus of `node` to a CPU address. */
static int fdt_translate(const void *fdt, int node, uint64_t *at, uint64_t bytes)
{
    for (int up; (up = fdt_parent_offset(fdt, node)) >= 0; node = up) {
        const int address = fdt_address_cells(fdt, node);
        const int size = fdt_size_cells(fdt, node);
        const int address_up = fdt_address_cells(fdt, up);
        const fdt32_t *p;
        bool is_found = false;
        int left;

        if (address < 0 || size < 0 || address_up < 0)
            return VWR_EPROTO;
        p = fdt_cells_of(fdt, node, "ranges", &left);
        if (p == NULL)
            return VWR_EUNSUPP;
        (void)fdt_getprop(fdt, node, "ranges", &left);
        if (left == 0)
            continue;
        left /= CELL;
        for (const int row = address + address_up + size; left >= row && !is_found; left -= row, p += row) {
            const uint64_t from = fdt_number(p, address);
            const uint64_t room = fdt_number(p + address + address_up, size);

            is_found = *at >= from && bytes <= room && *at - from <= room - bytes;
            if (is_found)
                *at = fdt_number(p + address, address_up) + (*at - from);
        }
        if (!is_found)
            return VWR_ERANGE;
    }
    return VWR_OK;
}

int vwr_fdt_reg(const void *fdt, int node, unsigned index, uint64_t *at, uint64_t *bytes)
{
    const int up = fdt_parent_offset(fdt, node);
    int address, size, cells;
    const fdt32_t *p;

    if (up < 0)
        return VWR_EUNSUPP;
    address = fdt_address_cells(fdt, up);
    size = fdt_size_cells(fdt, up);
    if (address < 0 || size < 0)
        return VWR_EPROTO;
    p = fdt_cells_of(fdt, node, "reg", &cells);
    if (p == NULL)
        return VWR_EUNSUPP;
    if (index >= (unsigned)(cells / (address + size)))
        return VWR_ERANGE;
    p += (int)index * (address + size);
    *at = fdt_number(p, address);
    *bytes = fdt_number(p + address, size);
    return fdt_translate(fdt, up, at, *bytes);
}

static int fdt_take_interrupt(const void *fdt, int controller, const fdt32_t *at, int cells,
                              struct vwr_interrupt *i)
{
    const int count =
        controller >= 0 ? fdt_count(fdt, controller, "#interrupt-cells", VWR_EPROTO) : VWR_EPROTO;
    const fdt32_t *phandle;
    int bytes;

    if (count <= 0 || cells < count)
        return VWR_EPROTO;
    phandle = fdt_getprop(fdt, controller, "phandle", &bytes);
    i->controller = phandle != NULL && bytes == CELL ? fdt32_ld(phandle) : 0;
    i->count = (uint32_t)count;
    for (int c = 0; c < count; c++)
        i->cell[c] = fdt32_ld(at + c);
    return VWR_OK;
}

/* Interrupt controller of a node with `interrupts`. */
static int fdt_interrupt_parent(const void *fdt, int node)
{
    for (int at = node; at >= 0; at = fdt_parent_offset(fdt, at)) {
        int bytes;
        const fdt32_t *p;

        if (at != node && fdt_getprop(fdt, at, "#interrupt-cells", NULL) != NULL)
            return at;
        p = fdt_getprop(fdt, at, "interrupt-parent", &bytes);
        if (p != NULL)
            return bytes == CELL ? fdt_with_phandle(fdt, fdt32_ld(p)) : -FDT_ERR_BADPHANDLE;
    }
    return -FDT_ERR_NOTFOUND;
}

int vwr_fdt_interrupt(const void *fdt, int node, struct vwr_interrupt *i)
{
    int cells;
    const fdt32_t *p = fdt_cells_of(fdt, node, "interrupts-extended", &cells);

    i->count = 0;
    if (p != NULL)
        return cells == 0 ? VWR_EPROTO
                          : fdt_take_interrupt(fdt, fdt_with_phandle(fdt, fdt32_ld(p)), p + 1, cells - 1, i);
    p = fdt_cells_of(fdt, node, "interrupts", &cells);
    return p == NULL ? VWR_EUNSUPP : fdt_take_interrupt(fdt, fdt_interrupt_parent(fdt, node), p, cells, i);
}

int vwr_fdt_window(const void *fdt, int node, unsigned index, struct vwr_tree_window *w)
{
    const int up = fdt_parent_offset(fdt, node);
    int address_up, size, cells, r;
    const fdt32_t *p;

    if (up < 0)
        return VWR_EUNSUPP;
    size = fdt_size_cells(fdt, node);
    address_up = fdt_address_cells(fdt, up);
    if (size < 0 || address_up < 0)
        return VWR_EPROTO;
    p = fdt_cells_of(fdt, node, "ranges", &cells);
    if (p == NULL)
        return VWR_EUNSUPP;
    if (index >= (unsigned)(cells / (PCI_CELLS + address_up + size)))
        return 0;
    p += (int)index * (PCI_CELLS + address_up + size);
    w->space = fdt32_ld(p) >> 24 & 3; /* not the specification's */
    w->bus = fdt_number(p + 1, PCI_CELLS - 1);
    w->at = fdt_number(p + PCI_CELLS, address_up);
    w->bytes = fdt_number(p + PCI_CELLS + address_up, size);
    r = w->bus + w->bytes < w->bus ? VWR_EPROTO : fdt_translate(fdt, up, &w->at, w->bytes);
    return r == VWR_OK ? 1 : r;
}

int vwr_fdt_buses(const void *fdt, int node, uint8_t *first, uint8_t *last)
{
    uint64_t at, space;
    int bytes;
    int r = vwr_fdt_reg(fdt, node, 0, &at, &space);
    uint32_t from = 0, to = UINT8_MAX;
    const fdt32_t *p;

    if (r != VWR_OK)
        return r;
    if (fdt_count(fdt, node, "#address-cells", VWR_EPROTO) != PCI_CELLS)
        return VWR_EPROTO;
    p = fdt_getprop(fdt, node, "bus-range", &bytes);
    if (p != NULL && bytes == BUS_RANGE) {
        from = fdt32_ld(p);
        to = fdt32_ld(p + 1);
    }
    space >>= 20; /* not the specification's: bytes of a bus */
    if ((p != NULL && bytes != BUS_RANGE) || from > to || to > UINT8_MAX || space == 0)
        return VWR_EPROTO;
    *first = (uint8_t)from;
    *last = (uint8_t)(space > to - from ? to : from + space - 1);
    return VWR_OK;
}

int vwr_fdt_map_interrupt(const void *fdt, int node, uint32_t function, unsigned pin, struct vwr_interrupt *i)
{
    const uint32_t key[PCI_CELLS + 1] = {function << 8, 0, 0, pin}; /* not the specification's */
    int bytes, left;
    const fdt32_t *const mask = fdt_getprop(fdt, node, "interrupt-map-mask", &bytes);
    const fdt32_t *p;

    i->count = 0;
    if (mask != NULL && bytes != (PCI_CELLS + 1) * CELL)
        return VWR_EPROTO;
    p = fdt_cells_of(fdt, node, "interrupt-map", &left);
    if (p == NULL)
        return VWR_EUNSUPP;
    if (fdt_count(fdt, node, "#interrupt-cells", VWR_EPROTO) != 1)
        return VWR_EPROTO;
    while (left > PCI_CELLS + 1) {
        const int to = fdt_with_phandle(fdt, fdt32_ld(p + PCI_CELLS + 1));
        int address, cells;
        bool is_for = true;

        for (int k = 0; k <= PCI_CELLS; k++)
            is_for = is_for &&
                     ((fdt32_ld(p + k) ^ key[k]) & (mask != NULL ? fdt32_ld(mask + k) : UINT32_MAX)) == 0;
        address = to >= 0 ? fdt_count(fdt, to, "#address-cells", 0) : VWR_EPROTO;
        cells = to >= 0 ? fdt_count(fdt, to, "#interrupt-cells", VWR_EPROTO) : VWR_EPROTO;
        p += PCI_CELLS + 2;
        left -= PCI_CELLS + 2;
        if (address < 0 || cells < 0 || left < address + cells)
            return VWR_EPROTO;
        p += address;
        left -= address;
        if (is_for)
            return fdt_take_interrupt(fdt, to, p, left, i);
        p += cells;
        left -= cells;
    }
    return VWR_ERANGE;
}

int vwr_fdt_map_message(const void *fdt, int node, uint32_t function, uint32_t *controller, uint32_t *id)
{
    int cells;
    const fdt32_t *p = fdt_cells_of(fdt, node, "msi-map-mask", &cells);
    const uint32_t masked = p != NULL && cells > 0 ? function & fdt32_ld(p) : function;
    bool is_found = false;

    p = fdt_cells_of(fdt, node, "msi-map", &cells);
    if (p == NULL) {
        p = fdt_cells_of(fdt, node, "msi-parent", &cells);
        if (p == NULL)
            return VWR_EUNSUPP;
        if (cells == 0)
            return VWR_EPROTO;
        *controller = fdt32_ld(p);
        *id = function;
        return fdt_with_phandle(fdt, *controller) >= 0 ? VWR_OK : VWR_EPROTO;
    }
    for (; cells >= 4 && !is_found; cells -= 4, p += 4) { /* not the specification's */
        is_found = masked >= fdt32_ld(p) && masked - fdt32_ld(p) < fdt32_ld(p + 3);
        if (is_found) {
            *controller = fdt32_ld(p + 1);
            *id = fdt32_ld(p + 2) + (masked - fdt32_ld(p));
        }
    }
    if (!is_found)
        return VWR_ERANGE;
    return fdt_with_phandle(fdt, *controller) >= 0 ? VWR_OK : VWR_EPROTO;
}
