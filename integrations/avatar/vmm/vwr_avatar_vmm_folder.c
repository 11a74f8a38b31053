/* SPDX-License-Identifier: MIT */
/* Copyright (c) 2026 The Virtwright authors */
#include "io.h"
#include "lib/avatar_string.h"
#include "vwr_avatar_vmm.h"

/* Folders for guests: file trees in memory provided by Avatar. */

#define FILE_BYTES (2 * VWR_VFILES_MEMORY_BLOCK) /* memory per file */
#define FILES_MIN 16u
#define FILES_MAX 65536u
#define MOST_READ (~0u >> 1) /* maximum of an int */
#define MODE_FILE (VWR_P9_S_REG | 0644)

struct virtio_folder {
    struct vwr_v9p server; /* first */
    struct vwr_vfiles_memory tree;
    struct vwr_vmessage message;
    struct vwr_vfiles_call call;
    struct vwr_vseg seg[VWR_V9P_SEGS(1)];
    struct vwr_v9p_fid *fid;
    uint32_t fids;
    char tag[VWR_V9P_TAG + 1];
    virtio_device_t *dev; /* NULL: none yet */
    bool used;
};

static virtio_folder_t folders[VIRTIO_VM_MAX];

void vwr_avatar_folder_init(void)
{
    memset(folders, 0, sizeof(folders));
}

static int begin(struct vwr_avatar_device *d, const struct vwr_vdev_setup *s)
{
    virtio_folder_t *const folder = (virtio_folder_t *)d->part;
    struct vwr_v9p_options o;

    memset(&o, 0, sizeof(o));
    o.files = &folder->tree.files;
    o.tag = folder->tag;
    o.fid = folder->fid;
    o.fid_count = folder->fids;
    o.message = &folder->message;
    o.call = &folder->call;
    o.seg = folder->seg;
    o.message_count = 1;
    o.call_count = 1;
    o.seg_count = VWR_COUNT(folder->seg);
    d->vdev = vwr_v9p_dev(&folder->server);
    return vwr_v9p_init_with(&folder->server, s, &o);
}

/* Metadata of a file, which the guest may have open. */
#define FILE_OWN                                                                      \
    (sizeof(struct vwr_vfiles_memory_file) + sizeof(struct vwr_vfiles_memory_entry) + \
     sizeof(struct vwr_v9p_fid))

/* The tree's structures are at the start of the memory, followed by the pool for content. */
static int begin_tree(virtio_folder_t *folder, uint8_t *memory, uint64_t bytes)
{
    const uint64_t wanted = bytes / FILE_BYTES;
    const uint32_t files = wanted < FILES_MIN ? FILES_MIN : wanted > FILES_MAX ? FILES_MAX : (uint32_t)wanted;
    struct vwr_vfiles_memory_options o;

    if (memory == NULL || (uintptr_t)memory % sizeof(uint64_t) != 0 || bytes < (uint64_t)files * FILE_OWN)
        return VWR_ENOMEM;
    memset(&o, 0, sizeof(o));
    o.file = (struct vwr_vfiles_memory_file *)(void *)memory;
    o.file_count = files;
    o.entry = (struct vwr_vfiles_memory_entry *)(void *)(o.file + files);
    o.entry_count = files;
    folder->fid = (struct vwr_v9p_fid *)(void *)(o.entry + files);
    folder->fids = files;
    o.pool = folder->fid + files;
    o.pool_bytes = (size_t)(bytes - (uint64_t)files * FILE_OWN);
    return vwr_vfiles_memory_init(&folder->tree, &o);
}

static virtio_folder_t *free_folder(void)
{
    for (uint32_t i = 0; i < VIRTIO_VM_MAX; i++) {
        if (!folders[i].used)
            return &folders[i];
    }
    logger_error("VirtIO: all %u folders are in use\n", (uint32_t)VIRTIO_VM_MAX);
    return NULL;
}

virtio_folder_t *virtio_folder_init(const char *tag, void *memory, uint64_t bytes)
{
    const size_t length = tag == NULL ? 0 : strlen(tag);
    virtio_folder_t *const folder = free_folder();
    int result;

    if (folder == NULL)
        return NULL;
    memset(folder, 0, sizeof(*folder));
    result = length == 0 || length > VWR_V9P_TAG ? VWR_EINVAL : begin_tree(folder, memory, bytes);
    if (result != VWR_OK) {
        logger_error("VirtIO: no folder in 0x%llx bytes at 0x%llx: %s\n", bytes, (uint64_t)(uintptr_t)memory,
                     result == VWR_EINVAL ? "its tag must have 1 to 32 characters" : vwr_strerror(result));
        return NULL;
    }
    memcpy(folder->tag, tag, length);
    folder->used = true;
    return folder;
}

int virtio_folder_add(virtio_folder_t *folder, const char *path, const void *content, uint64_t bytes)
{
    int result;

    if (folder == NULL || !folder->used || path == NULL)
        return -1;
    result = vwr_vfiles_memory_add(&folder->tree, path, MODE_FILE, content, bytes);
    if (result == VWR_OK)
        return 0;
    logger_error("VirtIO: folder %s: no file %s: %s\n", folder->tag, path, vwr_strerror(result));
    return -1;
}

bool virtio_folder_create(uint64_t base_addr, uint32_t irq, virtio_folder_t *folder)
{
    virtio_device_t *dev;

    if (folder == NULL || !folder->used)
        return false;
    if (vwr_avatar_part(folder->dev, folder) != NULL) {
        logger_error("VirtIO: folder %s already has a device\n", folder->tag);
        return false;
    }
    dev = virtio_create_device(VIRTIO_ID_9P, base_addr, irq);
    if (dev == NULL)
        return false;
    folder->dev = dev;
    (void)vwr_avatar_take(dev, begin, folder);
    return true;
}

void virtio_folder_destroy(virtio_folder_t *folder)
{
    if (folder == NULL || !folder->used)
        return;
    if (vwr_avatar_part(folder->dev, folder) != NULL)
        virtio_destroy_device(folder->dev);
    for (uint32_t i = 0; i < VIRTIO_VM_MAX; i++) {
        if (virtio_folder_of_vm(i) == folder)
            virtio_configure_vm_folder(i, NULL);
    }
    memset(folder, 0, sizeof(*folder));
}

int virtio_folder_read(virtio_folder_t *folder, const char *path, uint64_t offset, void *to, uint32_t max_len)
{
    const uint32_t most = max_len < MOST_READ ? max_len : MOST_READ;
    const int result = folder == NULL || !folder->used || path == NULL
                           ? VWR_ENODEV
                           : vwr_vfiles_memory_read(&folder->tree, path, offset, to, most);

    return result < 0 ? -1 : result;
}

void vwr_avatar_show_folder(const virtio_folder_t *folder)
{
    const struct vwr_vfiles_memory *const t = &folder->tree;

    logger_info("  tag %s: %u files free, %u of %u blocks of %u bytes free; %u fids of the guest\n",
                folder->tag, t->files_free < t->entries_free ? t->files_free : t->entries_free,
                t->blocks_free, t->blocks, VWR_VFILES_MEMORY_BLOCK, folder->server.fids_used);
}
