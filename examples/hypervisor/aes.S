/* SPDX-License-Identifier: MIT */

/*
 * AES in CBC mode by the CPU's own instructions; cipher.c describes the functions. The vector registers are
 * the guest's, so each function preserves those that it uses.
 */

    .arch_extension aes

    .section .text.aes, "ax"

/* A word with the S-box applied to each byte: with four equal words in the state, the rows do not move. */
    .global aes_sub_word
aes_sub_word:
    stp     q0, q1, [sp, #-32]!
    dup     v0.4s, w0
    movi    v1.16b, #0
    aese    v0.16b, v1.16b
    umov    w0, v0.s[0]
    ldp     q0, q1, [sp], #32
    ret

/* A pass key of encryption as one of decryption, in place. */
    .global aes_inverse_key
aes_inverse_key:
    str     q0, [sp, #-16]!
    ldr     q0, [x0]
    aesimc  v0.16b, v0.16b
    str     q0, [x0]
    ldr     q0, [sp], #16
    ret

/* All passes of the block in v0: instructions for a pass and for its columns; v1, x6, w7 are used. */
    .macro  passes pass, columns
    mov     x6, x0
    sub     w7, w1, #1
2:  ldr     q1, [x6], #16
    \pass  v0.16b, v1.16b
    \columns v0.16b, v0.16b
    subs    w7, w7, #1
    b.ne    2b
    ldp     q1, q2, [x6]
    \pass  v0.16b, v1.16b
    eor     v0.16b, v0.16b, v2.16b
    .endm

/* x0: pass keys, w1: passes, x2: IV, x3: from, x4: to, w5: blocks. */
    .global aes_cbc_encrypt
aes_cbc_encrypt:
    stp     q0, q1, [sp, #-48]!
    str     q2, [sp, #32]
    ldr     q0, [x2]
    cbz     w5, 3f
1:  ldr     q1, [x3], #16
    eor     v0.16b, v0.16b, v1.16b
    passes  aese, aesmc
    str     q0, [x4], #16
    subs    w5, w5, #1
    b.ne    1b
3:  ldr     q2, [sp, #32]
    ldp     q0, q1, [sp], #48
    ret

/* The same parameters; the keys are those of decryption. */
    .global aes_cbc_decrypt
aes_cbc_decrypt:
    stp     q0, q1, [sp, #-80]!
    stp     q2, q3, [sp, #32]
    str     q4, [sp, #64]
    ldr     q3, [x2]
    cbz     w5, 3f
1:  ldr     q0, [x3], #16
    mov     v4.16b, v0.16b
    passes  aesd, aesimc
    eor     v0.16b, v0.16b, v3.16b
    mov     v3.16b, v4.16b
    str     q0, [x4], #16
    subs    w5, w5, #1
    b.ne    1b
3:  ldr     q4, [sp, #64]
    ldp     q2, q3, [sp, #32]
    ldp     q0, q1, [sp], #80
    ret
