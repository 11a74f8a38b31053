/* SPDX-License-Identifier: MIT */
#ifndef VWR_FUZZ_SERVICES_H
#define VWR_FUZZ_SERVICES_H

#include "world.h"

#include "vwr/vservice.h"

/*
 * All generated services, each with functions that do what the input says (services.c.j2 makes the table out
 * of the description; the functions of all of them are in answers.c).
 */

#define SERVICE_SEND_BYTES 1024u /* of what a host sends */
#define SERVICE_FAMILY 2u        /* queues of a kind of which the configuration says how many there are */

struct service_row {
    uint32_t id; /* of the device */
    size_t bytes;
    struct vwr_features features;
    int (*init)(void *service, const struct vwr_vdev_setup *setup, const struct vwr_features *features,
                const struct vwr_service_memory *memory);
    /* The configuration says SERVICE_FAMILY of each family. */
    void (*count)(void *service);
    /* What the device sends by itself: bytes[0 .. SERVICE_SEND_BYTES) are content for all of it. */
    void (*send)(void *service, unsigned which, const uint8_t *bytes, uint32_t n);
    /* A queue of messages that is there without any feature, or none. */
    int queue;
};

extern const struct service_row service_rows[];
extern const unsigned service_rows_count;

/* What each function of a table does, until the input ends: then it answers VWR_OK. */
void services_feed(struct input *in);
int services_called(struct vwr_vmessage *x, const void *m, size_t m_bytes, void *a, size_t a_bytes);
uint32_t services_took(const uint8_t *bytes, uint32_t n);
void services_sent(int result);

/* A plan for that device. */
extern const struct world_service services_world;
void services_plan(struct world_plan *p, struct input *in);

/* The place in service_rows of what was planned: the device with the input's number, or else one of all. */
unsigned services_index(void);

/* The service of the world. */
struct vwr_service *services_now(void);

#endif
