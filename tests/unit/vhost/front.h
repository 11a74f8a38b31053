/* SPDX-License-Identifier: MIT */
#ifndef FRONT_H
#define FRONT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vwr/ventropy.h"
#include "vwr_vhost_threads.h"

/*
 * A front end with a guest whose driver fills one ring, and the back end under test, in one thread, or with a
 * thread for its queue. The device is an entropy device; its bytes count up, so that each buffer tells when
 * it was filled.
 */

#define FRONT_BYTES 0x40000u
#define FRONT_OFFSET 0x1000u /* of the memory in its file */
#define FRONT_GUEST UINT64_C(0x80000000)
#define FRONT_USER UINT64_C(0x7000000000)
#define FRONT_SIZE 8u
#define FRONT_DESC 0x0000u
#define FRONT_AVAIL 0x1000u
#define FRONT_USED 0x2000u
#define FRONT_DATA 0x8000u
#define FRONT_DATA_BYTES 64u
#define FRONT_NAME "vhost_front" /* of memory, in /proc/self/maps */
#define FRONT_FILES 253u         /* SCM_MAX_FD: all that the kernel passes at once */

struct front {
    struct vwr_vhost_back h;
    struct vwr_ventropy device;
    struct vwr_vqueue queue[VWR_VENTROPY_QUEUES];
    struct vwr_vqueue_entry own[FRONT_SIZE];
    uint8_t next;  /* byte of the source */
    unsigned dry;  /* number of calls for which the source has no bytes */
    unsigned most; /* number of bytes that it has per call; 0: as many as are requested */
    int fd;        /* our end of the socket */
    int file;      /* memory */
    uint8_t *map;  /* from the start of the file */
    size_t map_bytes;
    uint8_t *bytes; /* from the start of the memory */
    int kick;
    int call;
    bool packed;
    uint64_t features;
    uint16_t added;
    uint16_t taken;
    bool wrap; /* packed: of the next descriptor to add */
    bool used_wrap;
    int received; /* file of the last reply, or -1 */
    int record;   /* requests in flight */
    uint32_t log; /* flag of the addresses: writes to the ring are logged */
    struct vwr_vdev *each[VWR_VENTROPY_QUEUES];
    struct vwr_vhost_threads *threads; /* NULL: there are none */
    unsigned passes;                   /* of the thread */
};

/* From now on, fronts use a back end that has a thread for its queue. */
extern bool front_has_threads;
/* 0, or the size of the huge page that is the memory of fronts. */
extern size_t front_huge_page;

enum front_stage { CONNECTED, NEGOTIATED, REMEMBERED, RUNNING };

/* Connects, and takes the steps up to a stage. */
void front_begin(struct front *f, enum front_stage stage, uint64_t features);
void front_end(struct front *f);
void front_reconnect(struct front *f);

void front_send(struct front *f, uint32_t request, uint32_t flags, const void *payload, uint32_t bytes,
                const int *files, unsigned count);
void front_tell(struct front *f, uint32_t request, uint64_t value);
void front_tell_state(struct front *f, uint32_t request, uint32_t index, uint32_t num);
void front_tell_file(struct front *f, uint32_t request, uint64_t value, int file);
/* Lets the back end work; returns the result of its last pass. */
int front_work(struct front *f);
/* Lets it work and reads a reply of `bytes` bytes. */
void front_reply(struct front *f, uint32_t request, void *payload, uint32_t bytes);
uint64_t front_ask(struct front *f, uint32_t request);
uint32_t front_stop(struct front *f);

void front_negotiate(struct front *f);
void front_remember(struct front *f);
/* try: the messages of start, which expects that they are taken. */
void front_try(struct front *f, uint32_t base);
void front_start(struct front *f, uint32_t base);

/* Requests a record of requests in flight, if there is none yet, and sets it. */
void front_record(struct front *f);
void front_record_for(struct front *f, uint16_t entries); /* each ring has FRONT_SIZE */

/* The driver: adds a buffer and kicks, in two steps or in one; takes a used one. false: there is none. */
void front_put_at(struct front *f, uint64_t data); /* guest address of its FRONT_DATA_BYTES */
void front_put(struct front *f);
void front_kick(struct front *f);
void front_add(struct front *f);
bool front_take(struct front *f, uint8_t *first);
bool front_was_called(struct front *f);

/* Number of open files, and of mapped regions of front ends, in this process. */
unsigned count_files(void);
unsigned count_maps(void);

#endif
