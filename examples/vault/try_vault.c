/* SPDX-License-Identifier: MIT */
/* A VM with a vault, and its guest, in one process. Exit code 0: both did what they should. */
#include "vault_device.h"
#include "vault_driver.h"
#include "vwr/gen/features.h"
#include "vwr/tables.h"
#include "vwr/trace.h"
#include "vwr/vm.h"

#include <stdio.h>

#define QUEUES 4u
#define QUEUE_SIZE 16u
#define MESSAGES 4u /* that the device has at once */
#define SEGS 8u     /* of each of them */
#define BASE 0x0a000000u
#define RAM 0x40000000u
#define EVENTS 4096u

static _Alignas(VWR_QUEUE_SHARED_ALIGN) uint8_t ram[VAULT_MEMORY]; /* of the guest, who finds it at RAM */
static struct vault guest;

static void irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    (void)vm;
    (void)line;
    (void)level;
}

static struct vwr_vdev *slots[1];
static const struct vwr_vm_ops ops = {.irq = irq};
static const struct vwr_memory_region region = {RAM, sizeof(ram), ram};
static const struct vwr_vm_setup vm_setup = {.ops = &ops,
                                             .region = &region,
                                             .region_count = 1,
                                             .slot = slots,
                                             .slot_count = 1,
                                             .base = BASE,
                                             .stride = 0x1000};
static struct vwr_vm vm;

static int make_vault(struct vwr_vault_vservice *vault)
{
    static struct vwr_vqueue queue[QUEUES];
    static struct vwr_vqueue_entry own[QUEUES * QUEUE_SIZE];
    static struct vwr_vmessage message[MESSAGES];
    static struct vwr_vseg seg[(MESSAGES + 1) * SEGS];
    static struct vwr_vault_vdevice device = {.passphrase = "open sesame"};
    const struct vwr_features features = {{1u << VWR_VAULT_F_EVENTS | 1u << VWR_VAULT_F_WIPE}};
    const struct vwr_service_memory memory = {message, MESSAGES, seg, VWR_COUNT(seg)};
    struct vwr_vdev_setup s = {.vm = &vm, .line = 48, .queue = queue, .queue_count = QUEUES};
    int r;

    s.queue_size = QUEUE_SIZE;
    s.own = own;
    s.own_count = VWR_COUNT(own);
    vwr_vdev_features(&s.features);
    r = vwr_vm_init(&vm, &vm_setup);
    if (r == VWR_OK)
        r = vwr_vault_vservice_init(vault, &s, &features, &vault_calls, &memory, &device);
    if (r == VWR_OK)
        r = vault_configure(vault, 2);
    return r == VWR_OK ? vwr_vm_add(&vm, 0, &vault->service.dev) : r;
}

/* The port: what a trap handler would do with an access of a real guest (vwr/vmmio.h: byte order). */
static uint8_t window[VWR_MMIO_SIZE];

static uint32_t turned(unsigned bytes, uint32_t v)
{
    return bytes == 4 ? vwr_le32_to_cpu(v) : bytes == 2 ? vwr_le16_to_cpu((uint16_t)v) : v;
}

uint32_t vwr_host_read(const volatile void *reg, unsigned bytes)
{
    uint64_t value = 0;

    (void)vwr_vm_access(&vm, BASE + ((uintptr_t)reg - (uintptr_t)window), bytes, false, &value);
    return turned(bytes, (uint32_t)value);
}

void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    uint64_t v = turned(bytes, value);

    (void)vwr_vm_access(&vm, BASE + ((uintptr_t)reg - (uintptr_t)window), bytes, true, &v);
}

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return RAM + ((uintptr_t)p - (uintptr_t)ram);
}

uint64_t vwr_host_time_us(void)
{
    static uint64_t us;

    return us++;
}

#define CONTROL 2u /* else the number of a request queue */

/* A request of the guest's: what came of it, and the status that the device wrote. */
static void say(const char *what, unsigned queue, int r)
{
    struct vwr_vault_client *const c = &guest.client;
    const uint32_t status =
        queue == CONTROL ? vwr_vault_client_controlq_status(c) : vwr_vault_client_requestq_status(c, queue);

    if (r == VWR_EIO)
        printf("guest: %s: status %s\n", what, vwr_name(vwr_vault_status_names, status));
    else
        printf("guest: %s: %s\n", what, r == VWR_OK ? "OK" : vwr_strerror(r));
    (void)vault_interrupt(&guest);
}

static void read_slots(void)
{
    struct vwr_vault_entry entries[4];
    char text[VAULT_SLOT_BYTES];

    printf("guest: fetch: %d bytes\n", vault_fetch(&guest, 5, text, sizeof(text)));
    printf("guest: list: %d entries\n", vault_list(&guest, entries, 4));
    printf("guest: list with space for one: %d\n", vault_list(&guest, entries, 1));
}

static void evening(struct vwr_vault_vservice *vault)
{
    const struct vwr_vault_wipe_msg all = {.first = 0, .num = VAULT_SLOTS};

    say("unlock with a guess", CONTROL, vault_unlock(&guest, "please"));
    say("store in a closed vault", 0, vault_store(&guest, 3, "gold"));
    say("unlock", CONTROL, vault_unlock(&guest, "open sesame"));
    say("store", 0, vault_store(&guest, 3, "gold"));
    say("store", 0, vault_store(&guest, 5, "a pearl"));
    say("store in slot 8", 0, vault_store(&guest, 8, "tin"));
    read_slots();
    say("wipe", 0, vwr_vault_client_wipe(&guest.client, 0, &all));
    (void)vault_knock(vault, 7);
    printf("guest: knock %u\n", (unsigned)vault_heard(&guest));
    vault_idle(vault, 60);
    (void)vault_interrupt(&guest);
    printf("guest: the vault is %s\n", guest.client.info.state == VWR_VAULT_STATE_OPEN ? "open" : "closed");
}

#ifdef vwr_port_trace /* the library is built with port/, which keeps a trace here */
static struct vwr_trace_event events[EVENTS];
struct vwr_trace vault_trace = {events, EVENTS, 0};

static void print_trace(void)
{
    char line[100];

    for (uint32_t n = 0; n < vault_trace.next; n++)
        if (vwr_trace_line(&vault_trace, n, line, sizeof(line)) != 0)
            printf("%s\n", line);
}
#else
static void print_trace(void)
{
}
#endif

int main(void)
{
    static struct vwr_vault_vservice vault;
    int r = make_vault(&vault);

    if (r == VWR_OK)
        r = vault_open(&guest, window, ram);
    printf("guest: opened %d, %u request queues, %u slots\n", r, guest.client.requestq_count,
           (unsigned)guest.client.info.slots);
    if (r == VWR_OK)
        evening(&vault);
    print_trace();
    return r == VWR_OK && vwr_close(&guest.client.bringup) == VWR_OK ? 0 : 1;
}
