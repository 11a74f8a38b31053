/* SPDX-License-Identifier: MIT */
#ifndef ONE_CALL_VIRTIO_BLK_HPP
#define ONE_CALL_VIRTIO_BLK_HPP

#include "vwr/blk.h"
#include "vwr/mmio.h"

namespace one_call
{

enum class ErrorCode : uint32_t {
    kSuccess,
    kInvalidMagic,
    kInvalidVersion,
    kInvalidDeviceId,
    kTransportNotInitialized,
    kFeatureNegotiationFailed,
    kQueueNotAvailable,
    kQueueAlreadyUsed,
    kQueueTooLarge,
    kOutOfMemory,
    kNoFreeDescriptors,
    kInvalidDescriptor,
    kNoUsedBuffers,
    kDeviceError,
    kIoError,
    kNotSupported,
    kInvalidArgument,
    kTimeout
};

/* The closest of these names; Error::result has the exact result. */
constexpr ErrorCode ToErrorCode(int result)
{
    switch (result) {
    case VWR_OK:
        return ErrorCode::kSuccess;
    case VWR_EMAGIC:
        return ErrorCode::kInvalidMagic;
    case VWR_EVERSION:
        return ErrorCode::kInvalidVersion;
    case VWR_ENODEV:
    case VWR_ETYPE:
        return ErrorCode::kInvalidDeviceId;
    case VWR_EFAILED:
        return ErrorCode::kTransportNotInitialized;
    case VWR_EFEATURE:
        return ErrorCode::kFeatureNegotiationFailed;
    case VWR_ENOQUEUE:
        return ErrorCode::kQueueNotAvailable;
    case VWR_EBUSY:
        return ErrorCode::kQueueAlreadyUsed;
    case VWR_ENOMEM:
        return ErrorCode::kOutOfMemory;
    case VWR_EFULL:
        return ErrorCode::kNoFreeDescriptors;
    case VWR_EBADRING:
        return ErrorCode::kInvalidDescriptor;
    case VWR_EIO:
        return ErrorCode::kIoError;
    case VWR_EUNSUPP:
    case VWR_EROFS:
        return ErrorCode::kNotSupported;
    case VWR_EINVAL:
    case VWR_ERANGE:
    case VWR_EALIGN:
    case VWR_ESEGMENTS:
        return ErrorCode::kInvalidArgument;
    case VWR_ETIMEOUT:
    case VWR_EINFLIGHT:
        return ErrorCode::kTimeout;
    default:
        return ErrorCode::kDeviceError;
    }
}

struct Error {
    ErrorCode code;
    int result; /* VWR_... */

    const char *message() const
    {
        return vwr_strerror(result);
    }
};

/* For a library without std::expected. */
template <class T> class Expected
{
public:
    Expected(T value) : value_(value), error_{ErrorCode::kSuccess, VWR_OK}
    {
    }
    Expected(int result, T value) : value_(value), error_{ToErrorCode(result), result}
    {
    }
    bool has_value() const
    {
        return error_.result == VWR_OK;
    }
    T operator*() const
    {
        return value_;
    }
    Error error() const
    {
        return error_;
    }

private:
    T value_;
    Error error_;
};

struct Done {
};

inline Expected<Done> ToExpected(int result)
{
    return Expected<Done>(result, Done());
}

/* A segment of a request's data, by its physical address. */
struct IoVec {
    uintptr_t phys;
    size_t len;
};

struct VirtioStats {
    uint64_t bytes_transferred;
    uint64_t kicks;
    uint64_t kicks_elided;
    uint64_t interrupts;
};

/*
 * A disk with up to kQueues queues of up to kQueueSize descriptors, and up to kDepth requests in flight per
 * queue, of at most kPieces segments. Place it in private memory, which the device cannot write, zeroed (as
 * static memory is), and do not move it, since the library keeps pointers into it. One caller at a time per
 * queue; Read and Write use queue 0, and HandleInterrupt uses all queues.
 */
template <class Traits, unsigned kQueues = 1, uint16_t kQueueSize = 128, uint16_t kDepth = 32, unsigned kPieces = 4>
class VirtioBlk
{
public:
    /* Size of the DMA memory of one queue, and of several; align it to VWR_QUEUE_SHARED_ALIGN. */
    static constexpr size_t CalcDmaSize(uint16_t queue_size = kQueueSize)
    {
        return (VWR_BLK_SHARED_BYTES(queue_size, kDepth, kPieces) + VWR_QUEUE_SHARED_ALIGN - 1) /
               VWR_QUEUE_SHARED_ALIGN * VWR_QUEUE_SHARED_ALIGN;
    }
    static constexpr size_t GetRequiredVqMemSize(unsigned queue_count, uint16_t queue_size = kQueueSize)
    {
        return queue_count * CalcDmaSize(queue_size);
    }

    /*
     * Probes and initializes the device, up to DRIVER_OK. The memory at `dma` belongs to the device until
     * Close. It is an error if the device lacks a feature of `required` (bits 0 to 63); other features are
     * used if both sides support them.
     */
    static Expected<VirtioBlk *> Create(VirtioBlk &at, uintptr_t mmio_base, void *dma, size_t dma_bytes,
                                        unsigned queue_count = kQueues, uint16_t queue_size = kQueueSize,
                                        uint64_t required = 0)
    {
        if (queue_count == 0 || queue_count > kQueues || queue_size > kQueueSize)
            return Expected<VirtioBlk *>(VWR_EINVAL, nullptr);
        if (dma_bytes < GetRequiredVqMemSize(queue_count, queue_size))
            return Expected<VirtioBlk *>(VWR_ENOMEM, nullptr);
        int r = vwr_mmio_probe(&at.mmio_, (volatile void *)mmio_base, VWR_MMIO_SIZE);
        if (r == VWR_OK)
            r = at.Open(static_cast<uint8_t *>(dma), queue_count, queue_size, required);
        return Expected<VirtioBlk *>(r, r == VWR_OK ? &at : nullptr);
    }

    /* On success memory and requests belong to the caller again. */
    Expected<Done> Close()
    {
        return ToExpected(vwr_close(&blk_.bringup));
    }

    /* Blocking; `data` may be scattered, see vwr_port_dma. */
    Expected<Done> Read(uint64_t sector, void *data, uint32_t sectors = 1)
    {
        return ToExpected(vwr_blk_read(&blk_, sector, data, sectors));
    }
    Expected<Done> Write(uint64_t sector, const void *data, uint32_t sectors = 1)
    {
        return ToExpected(vwr_blk_write(&blk_, sector, data, sectors));
    }

    /* Nonblocking: Kick notifies the disk, and HandleInterrupt reports the completion, with the token. */
    Expected<Done> EnqueueRead(unsigned queue, uint64_t sector, const IoVec *buffers, size_t count, void *token)
    {
        return Enqueue(VWR_BLK_T_IN, queue, sector, buffers, count, token);
    }
    Expected<Done> EnqueueWrite(unsigned queue, uint64_t sector, const IoVec *buffers, size_t count, void *token)
    {
        return Enqueue(VWR_BLK_T_OUT, queue, sector, buffers, count, token);
    }

    /* Notifies the disk of everything enqueued since the last Kick. Arms the interrupt first. */
    void Kick(unsigned queue)
    {
        vwr_blk_requestq *const q = vwr_blk_get_requestq(&blk_, queue);

        Arm(q);
        (void)vwr_blk_kick(q);
    }

    /*
     * Calls callback(token, code) for each completed request. On an error the disk is stopped, and requests
     * in flight belong to the device until Close.
     */
    template <class Callback> Expected<Done> HandleInterrupt(Callback callback)
    {
        int r = VWR_OK;

        (void)vwr_dev_irq(&mmio_.dev);
        for (unsigned i = 0; i < blk_.queue_count; i++) {
            const int n = Reap(vwr_blk_get_requestq(&blk_, i), callback);

            r = n < 0 ? n : r;
        }
        return ToExpected(r);
    }

    uint64_t GetCapacity() const
    {
        return blk_.info.sectors;
    }
    const vwr_blk_info &ReadConfig() const
    {
        return blk_.info;
    }
    /* While it is open. */
    VirtioStats GetStats()
    {
        VirtioStats s = {0, 0, 0, mmio_.dev.stats.interrupts};

        for (unsigned i = 0; i < blk_.queue_count; i++) {
            const vwr_blk_requestq *const q = vwr_blk_get_requestq(&blk_, i);

            s.bytes_transferred +=
                (q->stats.sectors[VWR_BLK_T_IN] + q->stats.sectors[VWR_BLK_T_OUT]) * static_cast<uint64_t>(VWR_BLK_SECTOR_BYTES);
            s.kicks += q->requests.queue.stats.kicks;
            s.kicks_elided += q->requests.queue.stats.elided;
        }
        return s;
    }

    /* For everything beyond this class: flush, discard, recovery, messages for errors. */
    vwr_blk *Native()
    {
        return &blk_;
    }

private:
    struct Request {
        vwr_blk_req req; /* first: the library returns pointers to it */
        vwr_vec part[kPieces];
        void *token;
        bool taken;
    };

    int Open(uint8_t *dma, unsigned queue_count, uint16_t queue_size, uint64_t required)
    {
        vwr_blk_options options = {};
        vwr_queue_memory first = {};

        for (unsigned i = 0; i < queue_count; i++) {
            const vwr_queue_memory m = {dma + i * CalcDmaSize(queue_size), CalcDmaSize(queue_size), own_[i],
                                        sizeof(own_[i]), queue_size};

            if (i == 0)
                first = m;
            else
                more_[i - 1] = {&queues_[i - 1], m};
        }
        options.need.w[0] = static_cast<uint32_t>(required);
        options.need.w[1] = static_cast<uint32_t>(required >> 32);
        options.request.requests = kDepth;
        options.request.segments = kPieces;
        options.more = more_;
        options.more_count = queue_count - 1;
        return vwr_blk_open_with(&blk_, &mmio_.dev, &first, &options);
    }

    Expected<Done> Enqueue(uint32_t type, unsigned queue, uint64_t sector, const IoVec *buffers, size_t count,
                           void *token)
    {
        if (queue >= blk_.queue_count || count == 0 || count > kPieces)
            return ToExpected(VWR_EINVAL);
        for (Request &r : requests_[queue])
            if (!r.taken)
                return ToExpected(Submit(r, type, queue, sector, buffers, count, token));
        return ToExpected(VWR_EFULL);
    }

    int Submit(Request &r, uint32_t type, unsigned queue, uint64_t sector, const IoVec *buffers, size_t count,
               void *token)
    {
        for (size_t i = 0; i < count; i++)
            r.part[i] = {Traits::PhysToVirt(buffers[i].phys), buffers[i].len};
        vwr_blk_fill(&r.req, type, sector, nullptr, 0);
        r.req.req.vecs = r.part;
        r.req.req.vec_count = static_cast<uint32_t>(count);
        r.token = token;
        const int result = vwr_blk_submit(vwr_blk_get_requestq(&blk_, queue), &r.req);
        r.taken = result == VWR_OK;
        return result;
    }

    /*
     * Requests that complete while the interrupt is being armed were announced by an earlier one, so the
     * result of arm is not needed.
     */
    static void Arm(vwr_blk_requestq *q)
    {
        const bool quiet = vwr_blk_arm(q, 1);

        (void)quiet;
    }

    /* Reaps until the queue is empty and the interrupt armed. 0, or why the disk is stopped. */
    template <class Callback> static int Reap(vwr_blk_requestq *q, Callback &callback)
    {
        do {
            vwr_blk_req *done;
            int n;

            while ((n = vwr_blk_reap(q, &done, 1)) > 0) {
                Request *const r = reinterpret_cast<Request *>(done);

                r->taken = false;
                callback(r->token, ToErrorCode(done->req.result));
            }
            if (n < 0)
                return n;
        } while (!vwr_blk_arm(q, 1));
        return VWR_OK;
    }

    vwr_mmio mmio_;
    vwr_blk blk_;
    vwr_blk_more more_[kQueues];
    vwr_blk_requestq queues_[kQueues];
    Request requests_[kQueues][kDepth];
    alignas(8) uint8_t own_[kQueues][VWR_BLK_OWN_BYTES(kQueueSize, kDepth)];
};

} /* namespace one_call */

#endif
