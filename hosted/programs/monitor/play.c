/* SPDX-License-Identifier: MIT */
#include "monitor.h"

#include "vwr/gen/mmio.h"
#include "vwr/gen/pci.h"
#include "vwr/vm.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * Replays the recording of a device to the monitor; README.md describes the lines of a file. The writes to
 * memory in it are untrusted input too: a write outside of memory is refused.
 */

#define HEX_DIGITS "0123456789abcdefABCDEF"
#define MOST_BYTES ((uint64_t)1 << 36) /* of guest memory, which is mapped and mostly not touched */

struct played {
    struct vwr_monitor monitor;
    struct vwr_memory memory;
    struct vwr_memory_region region[MOST_MEMORIES];
    struct play_sum sum;
    const char *path;
    unsigned line;
    bool has_ram; /* of its own, which it may write */
    unsigned
        side; /* the side whose memory lines came last; it is checked before anything else happens; 0: none */
};

static struct vwr_monitor_queue queues[QUEUES];
static struct vwr_monitor_entry entries[QUEUES * QUEUE_SIZE];
static struct played played;

static uint64_t memory(void *context, uint64_t addr, const void **host)
{
    struct played *const p = context;
    void *at;
    const uint64_t bytes = vwr_memory_run(&p->memory, addr, &at);

    if (bytes != 0)
        *host = at;
    return bytes;
}

static int refuse(const struct played *p, const char *why)
{
    return wrong("%s:%u: %s", p->path, p->line, why);
}

/* ---- memory ---- */

/* Index of a new region, because copies may be given in any order. UINT32_MAX: it overlaps another one. */
static uint32_t place_of(const struct played *p, uint64_t addr, uint64_t bytes)
{
    uint32_t at = p->memory.region_count;

    while (at != 0 && p->region[at - 1u].addr > addr)
        at--;
    if (at != 0 && addr - p->region[at - 1u].addr < p->region[at - 1u].bytes)
        return UINT32_MAX;
    return at == p->memory.region_count || p->region[at].addr - addr >= bytes ? at : UINT32_MAX;
}

static int add_memory(struct played *p, uint64_t addr, uint64_t bytes, int file)
{
    const uint32_t count = p->memory.region_count;
    const uint32_t place = place_of(p, addr, bytes);
    void *at;

    if (bytes == 0 || bytes > MOST_BYTES || addr > UINT64_MAX - bytes || count == MOST_MEMORIES ||
        place == UINT32_MAX)
        return -1;
    at = mmap(NULL, bytes, file < 0 ? PROT_READ | PROT_WRITE : PROT_READ,
              MAP_PRIVATE | MAP_NORESERVE | (file < 0 ? MAP_ANONYMOUS : 0), file, 0);
    if (at == MAP_FAILED)
        return -1;
    memmove(&p->region[place + 1u], &p->region[place], (count - place) * sizeof(*p->region));
    p->region[place] = (struct vwr_memory_region){addr, bytes, at};
    p->memory.region_count++;
    p->memory.region = p->region;
    return 0;
}

/* FILE@ADDR: a copy of memory. */
static int map_copy(struct played *p, const char *text)
{
    const char *const at = strrchr(text, '@');
    char path[4096], *end;
    struct stat st;
    uint64_t addr;
    int file, r;

    if (at == NULL || (size_t)(at - text) >= sizeof(path))
        return wrong("--memory %s: it is FILE@ADDRESS", text);
    memcpy(path, text, (size_t)(at - text));
    path[at - text] = 0;
    addr = strtoull(at + 1, &end, 0);
    if (end == at + 1 || *end != 0)
        return wrong("--memory %s: %s is no address", text, at + 1);
    file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0 || fstat(file, &st) != 0)
        return wrong("%s: %s", path, strerror(errno));
    r = add_memory(p, addr, (uint64_t)st.st_size, file);
    close(file);
    return r == 0 ? 0 : wrong("--memory %s: it cannot be mapped, or overlaps another copy", text);
}

/* Zeros cost nothing if whole pages are released, regardless of how many the file writes. */
static void zero(uint8_t *to, uint64_t bytes)
{
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    const uint64_t before = -(uintptr_t)to & (page - 1u);
    const uint64_t pages = bytes > before ? (bytes - before) & ~(uint64_t)(page - 1u) : 0;

    if (pages == 0 || madvise(to + before, pages, MADV_DONTNEED) != 0) {
        memset(to, 0, bytes);
        return;
    }
    memset(to, 0, before);
    memset(to + before + pages, 0, bytes - before - pages);
}

/* The data that a side wrote: "x HEX", or "z BYTES" for zeros. */
static int write_memory(struct played *p, uint64_t addr, const char *kind, const char *content)
{
    const uint64_t bytes = kind[0] == 'z' ? strtoull(content, NULL, 0) : strlen(content) / 2u;
    uint8_t *const to = vwr_memory_ptr(&p->memory, addr, bytes);

    if ((kind[0] != 'x' && kind[0] != 'z') || kind[1] != 0 ||
        (kind[0] == 'x' && (strspn(content, HEX_DIGITS) != 2u * bytes || content[2u * bytes] != 0)))
        return refuse(p, "the content is x and pairs of digits, or z and a number of bytes");
    if (bytes == 0)
        return 0;
    if (to == NULL || !p->has_ram)
        return refuse(p, "it is not in the memory of `ram`");
    if (kind[0] == 'z')
        zero(to, bytes);
    for (uint64_t i = 0; kind[0] == 'x' && i < bytes; i++) {
        const char digits[3] = {content[2u * i], content[2u * i + 1u], 0};

        to[i] = (uint8_t)strtoul(digits, NULL, 16);
    }
    return 0;
}

/* The side that wrote last has finished. */
static void rest(struct played *p)
{
    if (p->side != 0)
        vwr_monitor_look(&p->monitor, p->side);
    p->side = 0;
}

static int wrote(struct played *p, unsigned side, uint64_t addr, const char *kind, const char *content)
{
    if (p->side != side)
        rest(p);
    p->side = side;
    return write_memory(p, addr, kind, content);
}

/* ---- accesses ---- */

static unsigned structure_of(const char *name)
{
    static const struct {
        const char *name;
        unsigned value;
    } structures[] = {
        {"common", VWR_PCI_CAP_COMMON_CFG},
        {"notify", VWR_PCI_CAP_NOTIFY_CFG},
        {"isr", VWR_PCI_CAP_ISR_CFG},
        {"device", VWR_PCI_CAP_DEVICE_CFG},
    };

    for (size_t i = 0; i < sizeof(structures) / sizeof(structures[0]); i++)
        if (strcmp(name, structures[i].name) == 0)
            return structures[i].value;
    return 0;
}

static int access_register(struct played *p, bool is_write, const uint64_t *number, const char *structure)
{
    const unsigned bytes = (unsigned)number[1];

    const bool is_space = strcmp(structure, "space") == 0;

    if (structure[0] != 0 && !is_space && structure_of(structure) == 0)
        return refuse(p, "a structure is common, notify, isr, device or space");
    if (number[1] != 1 && number[1] != 2 && number[1] != 4 && number[1] != 8)
        return refuse(p, "an access has 1, 2, 4 or 8 bytes");
    rest(p);
    p->sum.accesses++;
    if (structure[0] == 0)
        vwr_monitor_access(&p->monitor, number[0], bytes, is_write, number[2]);
    else if (is_space)
        vwr_monitor_pci_space(&p->monitor, (unsigned)number[0], bytes, is_write, (uint32_t)number[2]);
    else
        vwr_monitor_pci_access(&p->monitor, structure_of(structure), number[0], bytes, is_write, number[2]);
    return 0;
}

/* ---- the file ---- */

struct setting {
    uint64_t version, device, ram, bytes;
};

/* The head describes the device; the first line after it starts the replay. */
static int begin(struct played *p, const struct setting *set)
{
    struct vwr_monitor_setup s = {.report = report_add,
                                  .context = p,
                                  .queue = queues,
                                  .queue_count = QUEUES,
                                  .entry_count = VWR_COUNT(entries),
                                  .entry = entries};

    if (set->bytes != 0) {
        if (p->memory.region_count != 0)
            return refuse(p, "the file has memory of its own: --memory is not for it");
        if (add_memory(p, set->ram, set->bytes, -1) != 0)
            return refuse(p, "there is no room for this memory");
        p->has_ram = true;
        s.run = memory;
        s.thorough = true;
        p->sum.memory = "changes";
    }
    s.legacy = set->version == VWR_MMIO_VERSION_LEGACY;
    class_set(&s, (uint32_t)set->device);
    if (vwr_monitor_init(&p->monitor, &s) != VWR_OK)
        return refuse(p, "the monitor has too little memory");
    return 0;
}

/* Whether the line belongs to the head. */
static bool is_head(const char *text, struct setting *set)
{
    uint64_t a, b;

    if (sscanf(text, "version %" SCNi64, &a) == 1)
        set->version = a;
    else if (sscanf(text, "device %" SCNi64, &a) == 1)
        set->device = a;
    else if (sscanf(text, "ram %" SCNi64 " %" SCNi64, &a, &b) == 2)
        set->ram = a, set->bytes = b;
    else
        return text[0] == '#' || text[0] == '\n';
    return true;
}

/* The numbers at the start of word[0 .. most): how many there are. */
static unsigned parse_numbers(char *const *word, uint64_t *number, unsigned most)
{
    unsigned n;

    for (n = 0; n < most && word[n] != NULL; n++) {
        char *end;

        number[n] = strtoull(word[n], &end, 0);
        if (end == word[n] || *end != 0)
            break;
    }
    return n;
}

static int play_line(struct played *p, char *text)
{
    char *word[6] = {0}, *rest_of = NULL;
    uint64_t number[3] = {0};
    unsigned words = 0, numbers;

    for (char *w = strtok_r(text, " \n", &rest_of); w != NULL && words < 6;
         w = strtok_r(NULL, " \n", &rest_of))
        word[words++] = w;
    numbers = parse_numbers(&word[1], number, 3);
    if (words == 1 && strcmp(word[0], "i") == 0) {
        p->side = 0; /* it looks itself */
        vwr_monitor_interrupt(&p->monitor, VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK);
        return 0;
    }
    if (numbers == 3 && (words == 4 || words == 5) &&
        (strcmp(word[0], "r") == 0 || strcmp(word[0], "w") == 0))
        return access_register(p, word[0][0] == 'w', number, words == 5 ? word[4] : "");
    if (numbers != 0 && words == 4 && (strcmp(word[0], "m") == 0 || strcmp(word[0], "d") == 0))
        return wrote(p, word[0][0] == 'm' ? VWR_BY_DRIVER : VWR_BY_DEVICE, number[0], word[2], word[3]);
    return refuse(p, "this line is none of a recording");
}

static int play_lines(struct played *p, FILE *in)
{
    struct setting set = {.version = VWR_MMIO_VERSION_MODERN};
    bool has_begun = false;
    char *text = NULL;
    size_t room = 0;
    int r = 0;

    while (r == 0 && getline(&text, &room, in) > 0) {
        p->line++;
        if (is_head(text, &set))
            continue;
        if (!has_begun)
            r = begin(p, &set);
        has_begun = true;
        if (r == 0)
            r = play_line(p, text);
    }
    free(text);
    return r == 0 && !has_begun ? wrong("%s: it has no access to a device", p->path) : r;
}

int play(const char *path, const char *const *copies, unsigned count)
{
    struct played *const p = &played;
    FILE *in;
    int r = 0;

    p->path = path;
    p->sum.memory = "none";
    for (unsigned i = 0; i < count && r == 0; i++)
        r = map_copy(p, copies[i]);
    if (r != 0)
        return r;
    in = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");
    if (in == NULL)
        return wrong("%s: %s", path, strerror(errno));
    r = play_lines(p, in);
    if (in != stdin)
        fclose(in);
    if (r != 0)
        return r;
    rest(p);
    if (count != 0) {
        p->sum.in_flight = vwr_monitor_see(&p->monitor, memory);
        p->sum.memory = p->monitor.s.run != NULL ? "copy" : "none"; /* none: behind ACCESS_PLATFORM */
    }
    report_played(&p->monitor, &p->sum);
    return 0;
}
