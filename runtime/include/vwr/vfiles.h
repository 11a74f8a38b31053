/* SPDX-License-Identifier: MIT */
#ifndef VWR_VFILES_H
#define VWR_VFILES_H

#include "vwr/p9.h"
#include "vwr/vservice.h"

VWR_BEGIN_C

/**
 * DOC: File systems for guests
 *
 * A file system is a table of functions, which the servers of vwr/v9p.h and vwr/vfs.h call for the messages
 * of a guest. It may be a tree in memory (vwr/vfiles_memory.h), a folder of the host (hosted/posix), or a
 * file system of the VMM's own. One file system may serve devices of both kinds. vwr/p9.h has the types and
 * the error numbers.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 */

/* Limits in bytes. */
#define VWR_VFILES_NAME VWR_P9_NAME /* name of a file */
#define VWR_VFILES_TARGET 4095u     /* target of a symbolic link */
#define VWR_VFILES_PATH 4095u       /* path in a saved state */

struct vwr_v9p;
struct vwr_v9p_fid;
struct vwr_vfiles;
struct vwr_v9p_row;
struct vwr_vfiles_protocol;

/**
 * struct vwr_vfiles_attr - Attributes of a file, as in Linux's struct stat
 * @mode: Type and permissions.
 * @uid: Owner.
 * @gid: Group.
 * @links: Number of names.
 * @device: Number of a device file, as Linux sends it.
 * @bytes: Size in bytes.
 * @block_bytes: Preferred size of reads and writes in bytes.
 * @blocks: Allocated blocks of 512 bytes.
 * @accessed: Time of the last access.
 * @modified: Time of the last modification of the contents.
 * @changed: Time of the last attribute change.
 */
struct vwr_vfiles_attr {
    uint32_t mode;
    uint32_t uid;
    uint32_t gid;
    uint64_t links;
    uint64_t device;
    uint64_t bytes;
    uint64_t block_bytes;
    uint64_t blocks;
    struct vwr_p9_time accessed;
    struct vwr_p9_time modified;
    struct vwr_p9_time changed;
};

/**
 * struct vwr_vfiles_statfs - Attributes of a file system, as in Linux's struct statfs
 * @type: Type.
 * @block_bytes: Block size in bytes.
 * @blocks: Number of blocks.
 * @free: Number of free blocks.
 * @files: Number of files.
 * @files_free: Number of free files.
 * @id: ID.
 */
struct vwr_vfiles_statfs {
    uint32_t type;
    uint32_t block_bytes;
    uint64_t blocks;
    uint64_t free;
    uint64_t files;
    uint64_t files_free;
    uint64_t id;
};

/**
 * struct vwr_vfiles_name - A file name
 * @bytes: Length in bytes.
 * @text: Name, terminated.
 *
 * The name contains neither NUL nor '/', and is not empty, "." or "..". Only the name that @walk
 * gets may be "..".
 */
struct vwr_vfiles_name {
    uint16_t bytes;
    char text[VWR_VFILES_NAME + 1u];
};

/**
 * struct vwr_vfiles_call - A call of a function of a file system
 * @file: Handle.
 * @to: Second handle: the destination.
 * @name: Name.
 * @second: New name.
 * @flags: enum vwr_p9_open; for @unlinkat enum vwr_p9_at.
 * @mode: Mode.
 * @uid: User that attached.
 * @gid: Group of a new file.
 * @device: Device number of a device file.
 * @offset: Offset.
 * @bytes: Size of the data in bytes.
 * @set: enum vwr_p9_set: attributes to set.
 * @at: Where to map the file: an address in the window of struct vwr_vfs_window.
 * @length: Size of the mapping in bytes.
 * @made: Result: new handle.
 * @qid: Result: identity.
 * @attr: Attributes to set, or result.
 * @has_attr: Result: @attr contains the attributes of the new handle. The server sets @has_attr to false
 *   before each call.
 * @statfs: Result.
 * @done: Result: bytes of data that vwr_vfiles_put() and the similar functions below have moved.
 * @token: For the file system, if it answers later.
 *
 * The description of each function in struct vwr_vfiles_ops lists the members that the function
 * reads and sets. The call belongs to the file system until the function has returned a result, the
 * call was answered, or @cancel has taken it back.
 */
struct vwr_vfiles_call {
    void *file;
    void *to;
    struct vwr_vfiles_name name;
    struct vwr_vfiles_name second;
    uint32_t flags;
    uint32_t mode;
    uint32_t uid;
    uint32_t gid;
    uint64_t device;
    uint64_t offset;
    uint32_t bytes;
    uint32_t set;
    void *at;
    uint64_t length;
    void *made;
    struct vwr_p9_qid qid;
    struct vwr_vfiles_attr attr;
    bool has_attr;
    struct vwr_vfiles_statfs statfs;
    uint32_t done;
    void *token;
    /* private: */
    struct vwr_vfiles *files;
    const struct vwr_vfiles_protocol *protocol;
    struct vwr_v9p *server; /* of a 9P device */
    struct vwr_vmessage *message;
    int (*op)(struct vwr_vfiles *f, struct vwr_vfiles_call *c);
    int (*next)(struct vwr_vfiles_call *c, int result);
    int (*end)(struct vwr_vfiles_call *c, int result); /* of a transfer in parts, a list or a target */
    const struct vwr_v9p_row *row;
    struct vwr_v9p_fid *fid;
    struct vwr_v9p_fid *other;
    struct vwr_writer head; /* answer */
    struct vwr_writer in;   /* data of the answer */
    struct vwr_reader out;  /* data of the message */
    bool has_out;           /* the message has data */
    uint64_t number[9];     /* numbers in the message */
    uint32_t left;          /* request in parts: remaining bytes */
    uint32_t moved;         /* bytes that are done */
    uint32_t room;          /* space in the answer */
    uint16_t tag;
    uint16_t walked;  /* names that were walked */
    uint16_t flushes; /* index of the request that this one waits for */
    uint8_t state;
    bool is_full;    /* an entry of a folder did not fit */
    bool is_cut;     /* the budget was used up before an entry */
    uint64_t entry;  /* offset of the entry at which a listing continues */
    uint64_t ticket; /* ticket of an answer that comes later; 0: none */
};

/**
 * struct vwr_vfiles_ops - Functions of a file system
 * @attach: Get the root. Reads uid; sets made, qid.
 * @walk: Look up a name in a folder. Reads file, name; sets made, qid. ".." is the parent folder,
 *   and in the root it is the root. Symbolic links are not followed.
 * @clone: Make a second handle of the same file, not open. Reads file; sets made, qid. Must not
 *   return VWR_LATER.
 * @release: Release a handle that no call uses any more.
 * @getattr: Get attributes. Reads file; sets attr, qid.
 * @setattr: Set attributes. Reads file, set, attr (mode, uid, gid, bytes, accessed, modified).
 * @open: Open a handle for reads or writes. Reads file, flags; sets qid. The server itself rejects
 *   files that, by their qid, are neither folders nor regular files.
 * @create: Create a file and open it. Reads file (a folder), name, flags, mode, uid, gid; sets made
 *   (open), qid.
 * @read: Read the data that are available, and pass them to vwr_vfiles_put(). Reads file, flags of
 *   its open, offset, bytes.
 * @write: Write data that vwr_vfiles_take() returns. Reads file, flags of its open, offset, bytes.
 * @readdir: Pass entries from an offset on, including "." and "..", to vwr_vfiles_put_entry(). Reads
 *   file (a folder), offset.
 * @readlink: Pass the target to vwr_vfiles_put(). Reads file.
 * @mkdir: Create a folder. Reads file (a folder), name, uid, gid, mode; sets qid.
 * @symlink: Create a symbolic link with the target that vwr_vfiles_take() returns. Reads file (a
 *   folder), name, uid, gid, bytes; sets qid.
 * @mknod: Create a device file. Reads file (a folder), name, uid, gid, mode, device; sets qid.
 * @link: Add a name. Reads file, to (a folder), name.
 * @rename: Move the file. Reads file, to (a folder), name.
 * @renameat: Move a file from one folder to another. Reads file and to (folders), name (in file),
 *   second (in to).
 * @remove: Remove the file's name. Reads file.
 * @unlinkat: Remove a name. Reads file (a folder), name, flags (whether the name must be that of a
 *   folder).
 * @sync: Make written data persistent. Reads file. NULL: written data are always persistent.
 * @statfs: Get attributes of the file system. Reads file; sets statfs.
 * @map: Map a regular file into a window, which replaces what is mapped there; for vwr/vfs.h. Reads
 *   file (it may be open), flags (VWR_P9_O_RDONLY or VWR_P9_O_RDWR), offset, at, length. The mapping
 *   is shared with the functions above, and stays when the handle is released. After an error
 *   nothing is mapped there. NULL: no file can be mapped.
 * @unmap: Remove the mappings from @at on. Requires @map. Must not return VWR_LATER.
 * @path: Get the path of a file, starting at the root, with '/' between names and without NUL; that of the
 *   root is empty. It is stored at @to if it has at most @room bytes. Returns its length in bytes; a negative
 *   value: the file has no name any more. For saved states. NULL: files cannot be found again.
 * @cancel: Cancel a call that is no longer needed. If @must is true, the driver has reset the
 *   device: when the function returns, the file system no longer accesses the call or guest memory,
 *   has released a new handle, and does not answer the call. If @must is false, the guest has
 *   flushed the call: return true if it was cancelled in the same way, false if it will be answered
 *   normally. NULL: no function returns VWR_LATER.
 *
 * Each function but @path returns 0, a positive Linux error number (vwr/p9.h), or VWR_LATER. In the
 * last case it takes a ticket with vwr_vfiles_ticket(), and the file system later calls
 * vwr_vfiles_answer(), from any thread but not within the function. @attach, @walk, @clone, @release,
 * @getattr, @open and @read are required. The others may be NULL; a message that needs such a
 * function fails with EOPNOTSUPP. The functions are called with the locks of the device and of struct
 * vwr_vfiles held.
 *
 * A function that sets made may also set attr and has_attr, so that the server need not call @getattr.
 *
 * A handle is any pointer of the file system except NULL. The server uses it from the function that
 * set it in @made until @release. Each fid of the guest has its own handle.
 */
struct vwr_vfiles_ops {
    int (*attach)(struct vwr_vfiles *f, struct vwr_vfiles_call *c);
    int (*walk)(struct vwr_vfiles *f, struct vwr_vfiles_call *c);
    int (*clone)(struct vwr_vfiles *f, struct vwr_vfiles_call *c);
    void (*release)(struct vwr_vfiles *f, void *file);
    int (*getattr)(struct vwr_vfiles *f, struct vwr_vfiles_call *c);
    int (*setattr)(struct vwr_vfiles *f, struct vwr_vfiles_call *c);
    int (*open)(struct vwr_vfiles *f, struct vwr_vfiles_call *c);
    int (*create)(struct vwr_vfiles *f, struct vwr_vfiles_call *c);
    int (*read)(struct vwr_vfiles *f, struct vwr_vfiles_call *c);
    int (*write)(struct vwr_vfiles *f, struct vwr_vfiles_call *c);
    int (*readdir)(struct vwr_vfiles *f, struct vwr_vfiles_call *c);
    int (*readlink)(struct vwr_vfiles *f, struct vwr_vfiles_call *c);
    int (*mkdir)(struct vwr_vfiles *f, struct vwr_vfiles_call *c);
    int (*symlink)(struct vwr_vfiles *f, struct vwr_vfiles_call *c);
    int (*mknod)(struct vwr_vfiles *f, struct vwr_vfiles_call *c);
    int (*link)(struct vwr_vfiles *f, struct vwr_vfiles_call *c);
    int (*rename)(struct vwr_vfiles *f, struct vwr_vfiles_call *c);
    int (*renameat)(struct vwr_vfiles *f, struct vwr_vfiles_call *c);
    int (*remove)(struct vwr_vfiles *f, struct vwr_vfiles_call *c);
    int (*unlinkat)(struct vwr_vfiles *f, struct vwr_vfiles_call *c);
    int (*sync)(struct vwr_vfiles *f, struct vwr_vfiles_call *c);
    int (*statfs)(struct vwr_vfiles *f, struct vwr_vfiles_call *c);
    int (*map)(struct vwr_vfiles *f, struct vwr_vfiles_call *c);
    int (*unmap)(struct vwr_vfiles *f, void *at, uint64_t length);
    int (*path)(struct vwr_vfiles *f, const void *file, char *to, uint32_t room);
    bool (*cancel)(struct vwr_vfiles *f, struct vwr_vfiles_call *c, bool must);
};

/**
 * struct vwr_vfiles - A file system; the first member of its structure
 * @ops: Functions.
 * @lock: Lock the file system; requires @unlock. NULL: no lock is needed.
 * @unlock: Unlock it.
 * @work: Work of functions in addition to moving data. Each function adds its work here, as the
 *   number of bytes that could have been copied in the same time. The server charges it to the
 *   guest's budget. A function whose work a guest can make large must bound it by
 *   vwr_vfiles_has_budget().
 *
 * Several devices may share a file system. If the devices run in several threads, it needs lock
 * hooks, which are called with the device's lock held.
 */
struct vwr_vfiles {
    const struct vwr_vfiles_ops *ops;
    void (*lock)(struct vwr_vfiles *f);
    void (*unlock)(struct vwr_vfiles *f);
    uint32_t work;
};

/**
 * vwr_vfiles_put() - Copy data to the guest (for file systems)
 * @c: Call with data.
 * @from: Data.
 * @n: Number of bytes.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: Number of bytes that were copied; fewer than @n only at the end of @c->bytes.
 */
uint32_t vwr_vfiles_put(struct vwr_vfiles_call *c, const void *from, uint32_t n);

/**
 * vwr_vfiles_take() - Copy data from the guest (for file systems)
 * @c: Call with data.
 * @to: Filled in with the data.
 * @n: Number of bytes.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: Number of bytes that were copied; fewer than @n only at the end of @c->bytes.
 */
uint32_t vwr_vfiles_take(struct vwr_vfiles_call *c, void *to, uint32_t n);

/**
 * vwr_vfiles_segments() - Get the guest memory of the remaining data (for file systems)
 * @c: Call with data.
 * @seg: Filled in with the first segments. They are in guest memory, which the guest may change
 *   meanwhile.
 * @room: Size of @seg.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: Number of segments.
 */
unsigned vwr_vfiles_segments(const struct vwr_vfiles_call *c, struct vwr_vseg *seg, unsigned room);

/**
 * vwr_vfiles_advance() - Report how many bytes were processed in place
 * @c: Call with data.
 * @n: Number of bytes.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_vfiles_advance(struct vwr_vfiles_call *c, uint32_t n);

/**
 * vwr_vfiles_has_budget() - Test whether budget is left (for @read and @write)
 * @c: Call.
 *
 * If the budget is used up, @read or @write returns 0 after it has moved a part of @c->bytes, at
 * least one byte. It is called again for the rest with a new budget.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: true if the caller may continue.
 */
bool vwr_vfiles_has_budget(const struct vwr_vfiles_call *c);

/**
 * vwr_vfiles_put_entry() - Add an entry of a folder (for @readdir)
 * @c: Call.
 * @qid: Identity.
 * @next: Offset of the next entry.
 * @type: Type, as in Linux's struct dirent.
 * @name: Name.
 * @bytes: Length of the name in bytes.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: true: the entry was added. false: the entry does not fit, and the guest's next message continues
 *   with it; or the budget is used up, and @readdir is called again for the same message, at the offset of
 *   this entry.
 */
VWR_MUST_CHECK bool vwr_vfiles_put_entry(struct vwr_vfiles_call *c, const struct vwr_p9_qid *qid,
                                         uint64_t next, uint8_t type, const char *name, uint32_t bytes);

/**
 * vwr_vfiles_ticket() - Take a ticket in a function that returns VWR_LATER
 * @c: Call. Each call takes its own ticket, since a message may lead to several calls.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait. Within the
 *   function.
 * Return: The ticket, not 0. It becomes invalid when the call is answered or cancelled.
 */
uint64_t vwr_vfiles_ticket(struct vwr_vfiles_call *c);

/**
 * vwr_vfiles_answer() - End a call that returned VWR_LATER
 * @c: Call.
 * @ticket: Ticket from vwr_vfiles_ticket(). If it is invalid, because a reset or a flush has taken
 *   the call away and @cancel was called, the call only increments the device's stats.late.
 * @error: 0, or a Linux error number.
 *
 * Context: Any thread that does not hold the device's lock, which it takes. Does not wait, except
 *   for the VM's lock. Not from an interrupt handler. Not within the call.
 */
void vwr_vfiles_answer(struct vwr_vfiles_call *c, uint64_t ticket, int error);

VWR_END_C

#endif
