/* SPDX-License-Identifier: MIT */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>

#include "vwr_posix_disk.h"
#include "machine.h"

#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/vblk.h"
#include "vwr/ventropy.h"
#include "vwr/vnet.h"
#include "vwr/vm.h"

/*
 * A machine in the process of its driver: our disk, our entropy device and our network card,
 * which returns each frame, and memory that both sides see.
 * The pages of the register windows are inaccessible. An access ends in a signal handler, which asks the
 * device, and the instruction is then executed alone on a page that holds the answer.
 */

#define WINDOWS 3u
#define QUEUES 2u /* of a card */
#define BASE UINT64_C(0x10001000)
#define RAM UINT64_C(0x80000000)
#define PAGE 4096u /* of the host */
#define PAGES 4096u
#define QUEUE_SIZE 64u
#define REQUESTS 16u
#define SEGMENTS 16u
#define TRAP_FLAG 0x100 /* of RFLAGS: a trap after the next instruction */
#define IS_WRITE 2      /* of a page fault's error code */

static struct {
    struct vwr_vm vm;
    struct vwr_memory_region ram;
    struct vwr_vdev *slot[WINDOWS];
    struct vwr_vblk disk;
    struct vwr_ventropy entropy;
    struct vwr_vnet card;
    struct vwr_posix_disk file;
    struct vwr_vqueue queue[WINDOWS][QUEUES];
    struct vwr_vqueue_entry own[WINDOWS][VWR_VDEV_OWN(QUEUES, QUEUE_SIZE)];
    struct vwr_vblk_req req[REQUESTS];
    struct vwr_vseg seg[VWR_VBLK_SEGS(REQUESTS, SEGMENTS)];
    uint8_t *window;
    bool taken[PAGES];
    uint8_t next; /* random byte */
    uint64_t at;  /* of the access that is being executed */
    bool is_write;
} machine;

_Noreturn static void give_up(const char *why)
{
    fprintf(stderr, "machine: %s\n", why);
    exit(2);
}

static void irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    (void)vm; /* the drivers poll */
    (void)line;
    (void)level;
}

static const struct vwr_vm_ops ops = {.irq = irq};

static uint32_t random_bytes(struct vwr_ventropy *e, uint8_t *bytes, uint32_t n)
{
    (void)e;
    for (uint32_t i = 0; i < n; i++)
        bytes[i] = machine.next++;
    return n;
}

static int return_frame(struct vwr_vnet *n, unsigned pair, struct vwr_vnet_packet *p)
{
    (void)pair;
    return vwr_vnet_deliver_locked(n, p);
}

static const struct vwr_vnet_ops card_ops = {.transmit = return_frame, .transmitted = vwr_vnet_signal_locked};

/* ---- register accesses ---- */

static void access_register(bool is_write, unsigned bytes, uint64_t offset, uint64_t *value)
{
    if (!vwr_vm_access(&machine.vm, BASE + offset, bytes, is_write, value))
        give_up("an access outside of the windows");
}

/* Registers have 32 bits. Of the configuration, the driver may read any number of bytes. */
static void put_answer(uint64_t offset)
{
    const bool is_register = offset % PAGE < VWR_MMIO_CONFIG;
    const unsigned bytes = is_register ? sizeof(uint32_t) : 1;

    for (unsigned done = 0; done < sizeof(uint64_t); done += bytes) {
        uint64_t value = 0;

        if (is_register && done != 0)
            break;
        access_register(false, bytes, offset + done, &value);
        memcpy(machine.window + offset + done, &value, bytes);
    }
}

static void protect(uint64_t offset, int how)
{
    if (mprotect(machine.window + offset / PAGE * PAGE, PAGE, how) != 0)
        give_up("mprotect");
}

static void begin_access(int signal, siginfo_t *info, void *context)
{
    ucontext_t *const c = context;

    (void)signal;
    machine.at = (uint64_t)((uint8_t *)info->si_addr - machine.window);
    if (machine.at >= (uint64_t)WINDOWS * PAGE)
        give_up("an access outside of the windows");
    machine.is_write = (c->uc_mcontext.gregs[REG_ERR] & IS_WRITE) != 0;
    protect(machine.at, PROT_READ | PROT_WRITE);
    if (!machine.is_write)
        put_answer(machine.at);
    c->uc_mcontext.gregs[REG_EFL] |= TRAP_FLAG;
}

/* The instruction has been executed. These drivers write only registers. */
static void end_access(int signal, siginfo_t *info, void *context)
{
    ucontext_t *const c = context;
    uint32_t written;
    uint64_t value;

    (void)signal;
    (void)info;
    memcpy(&written, machine.window + machine.at, sizeof(written));
    value = written;
    protect(machine.at, PROT_NONE);
    if (machine.is_write)
        access_register(true, sizeof(written), machine.at, &value);
    c->uc_mcontext.gregs[REG_EFL] &= ~(greg_t)TRAP_FLAG;
}

static void catch (int signal, void (*handler)(int, siginfo_t *, void *))
{
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};

    if (sigaction(signal, &action, NULL) != 0)
        give_up("sigaction");
}

/* ---- memory ---- */

static void *map(size_t bytes, int how)
{
    void *const at = mmap(NULL, bytes, how, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (at == MAP_FAILED)
        give_up("mmap");
    return at;
}

static size_t pages_of(size_t bytes)
{
    return (bytes + PAGE - 1) / PAGE;
}

static bool is_free(size_t first, size_t count)
{
    for (size_t i = first; i < first + count; i++)
        if (machine.taken[i])
            return false;
    return true;
}

uint64_t machine_take(size_t bytes)
{
    const size_t count = pages_of(bytes);

    for (size_t first = 0; first + count <= PAGES; first++) {
        if (!is_free(first, count))
            continue;
        memset(&machine.taken[first], true, count);
        memset((uint8_t *)machine.ram.host + first * PAGE, 0, count * PAGE);
        return RAM + first * PAGE;
    }
    give_up("no memory is left");
}

void machine_give(uint64_t addr, size_t bytes)
{
    memset(&machine.taken[(addr - RAM) / PAGE], false, pages_of(bytes));
}

uint8_t *machine_at(uint64_t addr)
{
    return (uint8_t *)machine.ram.host + (addr - RAM);
}

/* ---- the machine ---- */

uint8_t *machine_window(unsigned n)
{
    return machine.window + (size_t)n * PAGE;
}

static struct vwr_vdev_setup set_up(unsigned n, uint16_t queues, bool legacy, bool as_qemu)
{
    struct vwr_vdev_setup s = {.vm = &machine.vm,
                               .legacy = legacy,
                               .tolerate = as_qemu ? VWR_TOLERATE_QEMU : VWR_TOLERATE_DEFAULT,
                               .queue = machine.queue[n],
                               .queue_count = queues,
                               .queue_size = QUEUE_SIZE,
                               .own = machine.own[n],
                               .own_count = VWR_VDEV_OWN(QUEUES, QUEUE_SIZE)};

    vwr_vdev_features(&s.features);
    vwr_features_add(&s.features, VWR_F_IN_ORDER);
    return s;
}

static bool add_devices(bool legacy, bool as_qemu)
{
    const struct vwr_vdev_setup of_disk = set_up(0, 1, legacy, as_qemu);
    const struct vwr_vdev_setup of_entropy = set_up(1, 1, legacy, as_qemu);
    const struct vwr_vdev_setup of_card = set_up(2, QUEUES, legacy, as_qemu);
    const struct vwr_vnet_options no = {.ops = &card_ops, .mac = {0x52, 0x54, 0, 0x76, 0x77, 1}};
    const struct vwr_vblk_options o = {.backend = &machine.file.backend,
                                       .id = "vwr-crates",
                                       .req = machine.req,
                                       .req_count = REQUESTS,
                                       .seg = machine.seg,
                                       .seg_count = VWR_VBLK_SEGS(REQUESTS, SEGMENTS)};

    return vwr_vblk_init_with(&machine.disk, &of_disk, &o) == VWR_OK &&
           vwr_ventropy_init_with(&machine.entropy, &of_entropy, random_bytes, NULL) == VWR_OK &&
           vwr_vnet_init_with(&machine.card, &of_card, &no) == VWR_OK &&
           vwr_vm_add(&machine.vm, 0, &machine.disk.dev) == VWR_OK &&
           vwr_vm_add(&machine.vm, 1, &machine.entropy.dev) == VWR_OK &&
           vwr_vm_add(&machine.vm, 2, vwr_vnet_dev(&machine.card)) == VWR_OK;
}

void machine_begin(const char *image, bool legacy, bool as_qemu)
{
    const struct vwr_vm_setup s = {.ops = &ops,
                                   .region = &machine.ram,
                                   .region_count = 1,
                                   .slot = machine.slot,
                                   .slot_count = WINDOWS,
                                   .base = BASE,
                                   .stride = PAGE};

    machine.ram = (struct vwr_memory_region){RAM, (uint64_t)PAGES * PAGE,
                                             map((size_t)PAGES * PAGE, PROT_READ | PROT_WRITE)};
    machine.window = map((size_t)WINDOWS * PAGE, PROT_NONE);
    if (vwr_vm_init(&machine.vm, &s) != VWR_OK)
        give_up("the VM cannot be created");
    if (vwr_posix_disk_open(&machine.file, image, false) != VWR_OK)
        give_up("the image cannot be opened");
    machine.file.backend.segments_max = SEGMENTS;
    if (!add_devices(legacy, as_qemu))
        give_up("a device cannot be created");
    catch (SIGSEGV, begin_access);
    catch (SIGTRAP, end_access);
}

void machine_end(void)
{
    char text[500];

    for (unsigned n = 0; n < WINDOWS; n++) {
        const struct vwr_vdev *const v = machine.slot[n];

        for (unsigned i = 0; i < VWR_TOLERANCE_COUNT; i++)
            if (vwr_tolerated_count(&v->tolerated, (enum vwr_tolerance_number)i) != 0)
                printf("%s tolerated %s\n", v->kind->name, vwr_tolerances[i].name);
        (void)vwr_vdev_explain(v, text, sizeof(text));
        if (v->fault.kind != VWR_VFAULT_NONE)
            printf("%s: %s\n", v->kind->name, text);
    }
    fflush(stdout);
    vwr_posix_disk_close(&machine.file);
}
