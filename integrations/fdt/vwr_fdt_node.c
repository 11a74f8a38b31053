/* SPDX-License-Identifier: MIT */
#include "vwr_fdt_node.h"
#include "libfdt.h"

#define CELL (int)sizeof(fdt32_t)
#define BUS_RANGE (2 * CELL) /* bytes: first, last */
#define PCI_CELLS 3          /* cells of a PCI address; with the pin, they form the key of an interrupt map */

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

/* Whether this node is enabled by its own status. */
static bool fdt_is_on(const void *fdt, int node)
{
    int bytes;
    const char *const status = fdt_getprop(fdt, node, "status", &bytes);

    if (status == NULL || bytes == 0)
        return true;
    return fdt_is_text(status, bytes) && (strcmp(status, "ok") == 0 || strcmp(status, "okay") == 0);
}

bool vwr_fdt_is_enabled(const void *fdt, int node)
{
    for (; node >= 0; node = fdt_parent_offset(fdt, node))
        if (!fdt_is_on(fdt, node))
            return false;
    return true;
}

bool vwr_fdt_is_coherent(const void *fdt, int node)
{
    for (; node >= 0; node = fdt_parent_offset(fdt, node)) {
        const bool is_not = fdt_getprop(fdt, node, "dma-noncoherent", NULL) != NULL;

        if (is_not || fdt_getprop(fdt, node, "dma-coherent", NULL) != NULL)
            return !is_not;
    }
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

int vwr_fdt_check_dma(const void *fdt, int node)
{
    for (int up; (up = fdt_parent_offset(fdt, node)) >= 0; node = up) {
        const int address = fdt_address_cells(fdt, node);
        const int size = fdt_size_cells(fdt, node);
        const int address_up = fdt_address_cells(fdt, up);
        const int row = address + address_up + size;
        int left;
        const fdt32_t *p = fdt_cells_of(fdt, node, "dma-ranges", &left);

        if (p == NULL)
            continue;
        if (address < 0 || size < 0 || address_up < 0)
            return VWR_EPROTO;
        for (; left > 0; left -= row, p += row)
            if (left < row || fdt_number(p, address) != fdt_number(p + address, address_up))
                return VWR_EPROTO;
    }
    return VWR_OK;
}

/* An interrupt on its way from a device to its controller: the current node, the unit address of its source,
 * and its specifier at that node. */
struct fdt_way {
    int node;
    int address_cells, cells;
    fdt32_t address[FDT_MAX_NCELLS];
    fdt32_t specifier[FDT_MAX_NCELLS];
};

/* Reads the specifier for the node from the `left` cells at `at`. */
static int fdt_specify(const void *fdt, struct fdt_way *w, const fdt32_t *at, int left)
{
    w->cells = w->node >= 0 ? fdt_count(fdt, w->node, "#interrupt-cells", VWR_EPROTO) : VWR_EPROTO;
    if (w->cells <= 0 || left < w->cells)
        return VWR_EPROTO;
    memcpy(w->specifier, at, (size_t)(w->cells * CELL));
    return VWR_OK;
}

static bool fdt_differ(const fdt32_t *row, const fdt32_t *mask, const fdt32_t *key, int cells)
{
    for (int k = 0; k < cells; k++)
        if (((fdt32_ld(row + k) ^ fdt32_ld(key + k)) & (mask != NULL ? fdt32_ld(mask + k) : UINT32_MAX)) != 0)
            return true;
    return false;
}

/* Returns the number of address cells to compare (none if the mask has none), or an error. */
static int fdt_compared(const struct fdt_way *w, const fdt32_t *mask, int address)
{
    if (w->address_cells == address)
        return address;
    for (int k = 0; k < address; k++)
        if (mask == NULL || fdt32_ld(mask + k) != 0)
            return VWR_EPROTO;
    return 0;
}

/* Moves the interrupt to the next node, as given by the map at its current node. VWR_ERANGE: no entry. */
static int fdt_pass_map(const void *fdt, struct fdt_way *w)
{
    const int nexus = w->node;
    const int address = fdt_count(fdt, nexus, "#address-cells", VWR_EPROTO);
    const int key = address + w->cells;
    int left, bytes, compared;
    const fdt32_t *p = fdt_cells_of(fdt, nexus, "interrupt-map", &left);
    const fdt32_t *const mask = fdt_getprop(fdt, nexus, "interrupt-map-mask", &bytes);

    if (address < 0 || (mask != NULL && bytes != key * CELL))
        return VWR_EPROTO;
    compared = fdt_compared(w, mask, address);
    if (compared < 0)
        return compared;
    while (left > 0) {
        const int to = left > key ? fdt_with_phandle(fdt, fdt32_ld(p + key)) : VWR_EPROTO;
        const int up = to >= 0 ? fdt_count(fdt, to, "#address-cells", 0) : VWR_EPROTO;
        const int cells = to >= 0 ? fdt_count(fdt, to, "#interrupt-cells", VWR_EPROTO) : VWR_EPROTO;

        if (up < 0 || cells < 0 || left < key + 1 + up + cells)
            return VWR_EPROTO;
        if (!fdt_differ(p, mask, w->address, compared) &&
            !fdt_differ(p + address, mask != NULL ? mask + address : NULL, w->specifier, w->cells) &&
            fdt_is_on(fdt, to)) {
            memcpy(w->address, p + key + 1, (size_t)(up * CELL));
            w->address_cells = up;
            w->node = to;
            return fdt_specify(fdt, w, p + key + 1 + up, cells);
        }
        p += key + 1 + up + cells;
        left -= key + 1 + up + cells;
    }
    return VWR_ERANGE;
}

static int fdt_arrive(const void *fdt, const struct fdt_way *w, struct vwr_interrupt *i)
{
    int bytes;
    const fdt32_t *const phandle = fdt_getprop(fdt, w->node, "phandle", &bytes);

    i->controller = phandle != NULL && bytes == CELL ? fdt32_ld(phandle) : 0;
    i->count = (uint32_t)w->cells;
    for (int c = 0; c < w->cells; c++)
        i->cell[c] = fdt32_ld(w->specifier + c);
    return VWR_OK;
}

/* Follows the maps to a controller. VWR_ERANGE: the first map has no entry. */
static int fdt_follow(const void *fdt, struct fdt_way *w, struct vwr_interrupt *i)
{
    for (unsigned maps = 0;; maps++) {
        const int at = w->node;
        const bool is_controller = fdt_getprop(fdt, at, "interrupt-controller", NULL) != NULL;
        int r;

        if (fdt_getprop(fdt, at, "interrupt-map", NULL) == NULL)
            return is_controller ? fdt_arrive(fdt, w, i) : VWR_EPROTO;
        if (maps == VWR_TREE_MAPS)
            return VWR_EPROTO;
        r = fdt_pass_map(fdt, w);
        if (r != VWR_OK)
            return r == VWR_ERANGE && maps == 0 ? r : VWR_EPROTO;
        if (is_controller)
            return w->node == at ? fdt_arrive(fdt, w, i) : VWR_EPROTO;
    }
}

/* Interrupt parent of a node with `interrupts`. */
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

/* Reads the unit address of a node in the cells of its bus; empty if that does not fit its `reg`. */
static void fdt_unit_address(const void *fdt, int node, struct fdt_way *w)
{
    const int up = fdt_parent_offset(fdt, node);
    int cells, bytes;
    const fdt32_t *const reg = fdt_cells_of(fdt, node, "reg", &cells);
    const fdt32_t *const wanted = fdt_getprop(fdt, up >= 0 ? up : node, "#address-cells", &bytes);

    w->address_cells = 2;
    if (wanted != NULL)
        w->address_cells = bytes == CELL && fdt32_ld(wanted) <= FDT_MAX_NCELLS ? (int)fdt32_ld(wanted) : 0;
    if (reg == NULL || w->address_cells > cells)
        w->address_cells = 0;
    if (w->address_cells > 0)
        memcpy(w->address, reg, (size_t)(w->address_cells * CELL));
}

int vwr_fdt_interrupt(const void *fdt, int node, struct vwr_interrupt *i)
{
    struct fdt_way w;
    int cells, r;
    const fdt32_t *p = fdt_cells_of(fdt, node, "interrupts-extended", &cells);

    i->count = 0;
    if (p != NULL) {
        if (cells == 0)
            return VWR_EPROTO;
        w.node = fdt_with_phandle(fdt, fdt32_ld(p++));
        cells--;
    } else {
        p = fdt_cells_of(fdt, node, "interrupts", &cells);
        if (p == NULL)
            return VWR_EUNSUPP;
        w.node = fdt_interrupt_parent(fdt, node);
    }
    fdt_unit_address(fdt, node, &w);
    r = fdt_specify(fdt, &w, p, cells);
    if (r == VWR_OK)
        r = fdt_follow(fdt, &w, i);
    return r == VWR_OK ? r : VWR_EPROTO;
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
    w->space = fdt32_ld(p) >> 24 & 3;
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
    space >>= 20; /* bytes of a bus */
    if ((p != NULL && bytes != BUS_RANGE) || from > to || to > UINT8_MAX || space == 0)
        return VWR_EPROTO;
    *first = (uint8_t)from;
    *last = (uint8_t)(space > to - from ? to : from + space - 1);
    return VWR_OK;
}

int vwr_fdt_map_interrupt(const void *fdt, int node, uint32_t function, unsigned pin, struct vwr_interrupt *i)
{
    const fdt32_t interrupt = cpu_to_fdt32(pin);
    struct fdt_way w = {.node = node, .address_cells = PCI_CELLS};
    int r;

    i->count = 0;
    if (fdt_getprop(fdt, node, "interrupt-map", NULL) == NULL)
        return VWR_EUNSUPP;
    w.address[0] = cpu_to_fdt32(function << 8);
    r = fdt_specify(fdt, &w, &interrupt, 1);
    return r == VWR_OK ? fdt_follow(fdt, &w, i) : r;
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
    for (; cells >= 4 && !is_found; cells -= 4, p += 4) {
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

/* ---- IOMMUs ---- */

/* Finds the node. `property`: the one whose entry has the phandle, if the entry is valid. */
static int fdt_find_iommu(const void *fdt, uint32_t phandle, const char *property, bool is_valid,
                          struct vwr_fdt_iommu *i)
{
    i->wrong = property;
    i->node = is_valid ? fdt_with_phandle(fdt, phandle) : -1;
    if (i->node < 0)
        return VWR_EPROTO;
    i->wrong = "#iommu-cells";
    return fdt_count(fdt, i->node, i->wrong, 0) == 1 ? VWR_OK : VWR_EPROTO;
}

int vwr_fdt_iommu(const void *fdt, int node, uint32_t function, struct vwr_fdt_iommu *i)
{
    int bytes, masks;
    const fdt32_t *const mask = fdt_cells_of(fdt, node, "iommu-map-mask", &masks);
    const fdt32_t *p = fdt_getprop(fdt, node, "iommus", &bytes);
    bool is_valid;

    if (p != NULL) {
        is_valid = bytes != 0 && bytes % (2 * CELL) == 0;
        i->endpoint = is_valid ? fdt32_ld(p + 1) : 0;
        return fdt_find_iommu(fdt, is_valid ? fdt32_ld(p) : 0, "iommus", is_valid, i);
    }
    p = fdt_getprop(fdt, node, "iommu-map", &bytes);
    if (p == NULL)
        return VWR_EUNSUPP;
    if (bytes == 0 || bytes % (4 * CELL) != 0)
        return fdt_find_iommu(fdt, 0, "iommu-map", false, i);
    if (mask != NULL && masks != 1)
        return fdt_find_iommu(fdt, 0, "iommu-map-mask", false, i);
    function &= mask != NULL ? fdt32_ld(mask) : ~(uint32_t)0;
    for (; bytes > 0; bytes -= 4 * CELL, p += 4) {
        const uint32_t at = function - fdt32_ld(p), count = fdt32_ld(p + 3);

        /* an end must not be less than its beginning */
        is_valid = count == 0 || (count - 1 <= ~fdt32_ld(p) && count - 1 <= ~fdt32_ld(p + 2));
        i->endpoint = fdt32_ld(p + 2) + at;
        if (at < count || !is_valid)
            return fdt_find_iommu(fdt, fdt32_ld(p + 1), "iommu-map", is_valid, i);
    }
    return VWR_ERANGE;
}
