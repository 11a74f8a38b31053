/* SPDX-License-Identifier: MIT */
#include "copy.hpp"

#include "vwr/gen/features.h"

namespace
{

/* Identity-mapped memory; the kernel's other traits are in vwr_port.h. */
struct MyTraits {
    static uintptr_t VirtToPhys(void *p)
    {
        return reinterpret_cast<uintptr_t>(p);
    }
    static void *PhysToVirt(uintptr_t a)
    {
        return reinterpret_cast<void *>(a);
    }
};

constexpr unsigned kQueues = 2;
constexpr unsigned kRequests = 64;
constexpr size_t kHalf = 1024; /* bytes: each request has two such segments */

using Disk = one_call::VirtioBlk<MyTraits, kQueues>;

alignas(VWR_QUEUE_SHARED_ALIGN) uint8_t dma[Disk::GetRequiredVqMemSize(kQueues)];
Disk disk;
uint8_t data[kRequests][2][kHalf];
volatile unsigned finished;
volatile unsigned failed;
one_call::VirtioStats stats;

/* Distributes requests over the queues, with one notification each; the handler counts completions. */
void Transfer(bool in, uint64_t first)
{
    unsigned sent = 0;

    finished = 0;
    for (unsigned i = 0; i < kRequests; i++) {
        const one_call::IoVec segments[] = {{MyTraits::VirtToPhys(data[i][0]), kHalf},
                                            {MyTraits::VirtToPhys(data[i][1]), kHalf}};
        const uint64_t sector = first + i * (2 * kHalf / VWR_BLK_SECTOR_BYTES);
        const auto result = in ? disk.EnqueueRead(i % kQueues, sector, segments, 2, data[i])
                               : disk.EnqueueWrite(i % kQueues, sector, segments, 2, data[i]);

        if (result.has_value())
            sent++;
        else
            failed = failed + 1;
    }
    for (unsigned q = 0; q < kQueues; q++)
        disk.Kick(q);
    copy_sleep_until(&finished, sent);
}

} /* namespace */

extern "C" void copy_on_interrupt(void)
{
    const auto result = disk.HandleInterrupt([](void *token, one_call::ErrorCode code) {
        (void)token; /* one of data[] */
        finished = finished + 1;
        if (code != one_call::ErrorCode::kSuccess)
            failed = failed + 1;
    });

    if (!result.has_value())
        failed = failed + 1;
}

extern "C" int copy_inverted(uintptr_t mmio_base, uint64_t from, uint64_t to)
{
    auto created = Disk::Create(disk, mmio_base, dma, sizeof(dma), kQueues, 128, UINT64_C(1) << VWR_BLK_F_MQ);

    if (!created.has_value())
        return created.error().result;
    copy_interrupts_on();
    Transfer(true, from);
    for (auto &request : data)
        for (auto &half : request)
            for (uint8_t &byte : half)
                byte = static_cast<uint8_t>(~byte);
    Transfer(false, to);

    /* Also uses the blocking calls: the sector after the last. */
    auto r = disk.Read(from + copy_sectors, data[0], 1);
    if (r.has_value())
        r = disk.Write(to + copy_sectors, data[0], 1);
    stats = disk.GetStats();
    if (r.has_value())
        r = disk.Close();
    return failed != 0 ? VWR_EIO : r.error().result;
}

extern "C" void copy_stats(uint64_t numbers[4])
{
    numbers[0] = stats.bytes_transferred;
    numbers[1] = stats.kicks + stats.kicks_elided;
    numbers[2] = stats.interrupts;
    numbers[3] = disk.GetCapacity();
}
