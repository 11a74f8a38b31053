/* SPDX-License-Identifier: MIT */
#ifndef VWR_POSIX_PMEM_H
#define VWR_POSIX_PMEM_H

#include "vwr/vpmem.h"

#include <pthread.h>

VWR_BEGIN_C

/**
 * DOC: A guest's persistent memory in a file of the host
 *
 * The file is mapped with MAP_SHARED, and the VMM maps the same memory for the guest. A thread of the back
 * end executes flushes with msync(2), which on Linux is an fdatasync(2) of the file, so that the thread that
 * serves the guest does not wait. The VMM waits until m->ready is readable, for example with poll(2)::
 *
 *     static struct vwr_posix_pmem m;
 *
 *     r = vwr_posix_pmem_open(&m, "memory.img");
 *     options.flush = vwr_posix_pmem_flush;
 *     options.context = &m;
 *     options.region.bytes = m.bytes;       // and map m.memory for the guest at options.region.addr
 *     r = vwr_vpmem_init(&v, &setup, &own, &options);
 *     ...
 *     vwr_posix_pmem_service(&m);           // when m.ready is readable: completes flushes
 *
 * An msync() completes the flushes that the guest had sent before it began. After an msync() that failed, all
 * flushes fail: the kernel may have dropped the bytes that it could not write, and the next msync() would not
 * report them.
 */

/**
 * struct vwr_posix_pmem - A back end in a file
 * @memory: The file, mapped for reading and writing.
 * @bytes: Its size in bytes.
 * @ready: Descriptor that is readable when vwr_posix_pmem_service() has something to do.
 * @failed: errno of the msync() that failed; 0: none has.
 */
struct vwr_posix_pmem {
    void *memory;
    uint64_t bytes;
    int ready;
    int failed;
    /* private: */
    int signal; /* the other end of ready */
    struct vwr_vpmem *device;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    uint64_t waiting[VWR_VPMEM_FLUSHES], ended[VWR_VPMEM_FLUSHES];
    unsigned waits, ends;
    unsigned next; /* of waiting, if all of it is used */
    bool is_done;  /* `ended` have ended, and the VMM has not been told */
    bool stops;
};

/**
 * vwr_posix_pmem_open() - Map a file, and start the thread
 * @m: Back end; it need not be initialised.
 * @path: Path of a file of a multiple of the page size. The call does not keep it.
 *
 * Context: The VMM.
 * Return: VWR_OK.
 * * VWR_ENODEV: the file cannot be opened or mapped, or its size is 0; errno says why.
 * * VWR_ENOMEM: there is no thread or descriptor.
 */
VWR_MUST_CHECK int vwr_posix_pmem_open(struct vwr_posix_pmem *m, const char *path);

/**
 * vwr_posix_pmem_flush() - Start a flush; for struct vwr_vpmem_options.flush
 * @v: Device, whose context is the back end.
 * @ticket: Ticket of the flush.
 *
 * Context: The device's lock is held. Does not wait for a flush.
 * Return: VWR_LATER.
 */
int vwr_posix_pmem_flush(struct vwr_vpmem *v, uint64_t ticket);

/**
 * vwr_posix_pmem_service() - Complete the flushes that have ended
 * @m: Back end.
 *
 * Context: The VMM, in a thread that does not hold the device's lock, which the call takes. Does not wait for
 *   a flush.
 * Return: Number of flushes that have ended.
 */
unsigned vwr_posix_pmem_service(struct vwr_posix_pmem *m);

/**
 * vwr_posix_pmem_close() - Wait for the thread to end, and unmap the file
 * @m: Back end that no device and no guest uses any more.
 *
 * Context: The VMM.
 */
void vwr_posix_pmem_close(struct vwr_posix_pmem *m);

VWR_END_C

#endif
