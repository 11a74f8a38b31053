/* SPDX-License-Identifier: MIT */
#ifndef GIVEN_H
#define GIVEN_H

#include "vwr/config.h"

/*
 * The bytes of a configuration that the specification gives to a driver: those of fields that exist and mean
 * something with the negotiated features. The tables are made of the description (config_given.py).
 */
#define GIVEN_FEATURES 8u

struct vwr_open_class;

/* A number of features, and these. */
struct given_features {
    uint8_t count;
    uint8_t feature[GIVEN_FEATURES];
};

struct config_given {
    uint32_t type;
    uint32_t offset;
    uint32_t bytes;
    struct given_features one_of[3]; /* one of each of these that are not empty */
    struct given_features none_of;
};

/* A generated reader of a configuration, and the size of what it fills in. */
struct config_reader {
    uint32_t type;
    void (*read)(const struct vwr_config *c, void *into);
    size_t bytes;
};

/* A driver; what its devices offer, and a configuration. */
struct config_driver {
    const struct vwr_open_class *cls;
    const struct vwr_features *offers;
    unsigned offer_count;
    const uint8_t *image;
    size_t image_bytes;
};

#endif
