// SPDX-License-Identifier: MIT
// Copied from codegen/templates/numbers.rs by ./vwr generate: change it there.
//! Numbers as they are in memory, whatever the processor's byte order, and checks of layouts.

macro_rules! number {
    ($name:ident, $native:ty, $to:ident, $from:ident, $what:literal) => {
        #[doc = $what]
        #[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
        #[repr(transparent)]
        pub struct $name($native);

        impl $name {
            /// The number as it is in memory.
            pub const fn new(value: $native) -> Self {
                Self(value.$to())
            }

            /// The value.
            pub const fn get(self) -> $native {
                <$native>::$from(self.0)
            }
        }

        impl From<$native> for $name {
            fn from(value: $native) -> Self {
                Self::new(value)
            }
        }

        impl From<$name> for $native {
            fn from(number: $name) -> Self {
                number.get()
            }
        }

        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                self.get().fmt(f)
            }
        }
    };
}

number!(Le16, u16, to_le, from_le, "16 bits, little-endian.");
number!(Le32, u32, to_le, from_le, "32 bits, little-endian.");
number!(Le64, u64, to_le, from_le, "64 bits, little-endian.");
number!(Be16, u16, to_be, from_be, "16 bits, big-endian.");
number!(Be32, u32, to_be, from_be, "32 bits, big-endian.");
number!(Be64, u64, to_be, from_be, "64 bits, big-endian.");

/// The bytes 0, 1, 2 … of a structure; `shift` 8: their numbers' high bytes.
#[allow(dead_code)] // only a constant calls it
pub(crate) const fn counted<const N: usize>(shift: u32) -> [u8; N] {
    let mut bytes = [0; N];
    let mut i = 0;

    while i < N {
        bytes[i] = (i >> shift) as u8;
        i += 1;
    }
    bytes
}

/// A member and its first byte.
#[allow(dead_code)]
#[repr(C)]
pub(crate) union First<T: Copy> {
    pub(crate) member: T,
    pub(crate) byte: u8,
}

#[allow(dead_code)]
pub(crate) const fn bytes_of<T: Copy>(_: T) -> usize {
    core::mem::size_of::<T>()
}

/// Asserts the size of a structure and the offsets of its members, and converts it from bytes and,
/// unless it is `partial`, to bytes: some bytes of a partial one may have no value, because they are
/// padding or in a union. `offset_of!` needs Rust 1.77: here each byte of a structure is its own
/// number, which the first byte of a member tells.
macro_rules! layout {
    (partial $name:ty, $size:literal $(, $member:ident $offset:literal)*) => {
        const _: () = {
            const LOW: $name = <$name>::from_bytes(crate::numbers::counted(0));
            const HIGH: $name = <$name>::from_bytes(crate::numbers::counted(8));

            assert!(core::mem::size_of::<$name>() == $size);
            $(
                let low = unsafe { crate::numbers::First { member: LOW.$member }.byte };
                let high = unsafe { crate::numbers::First { member: HIGH.$member }.byte };

                assert!((high as usize) << 8 | low as usize == $offset);
            )*
        };

        impl $name {
            /// A structure of these bytes, of which any are right.
            pub const fn from_bytes(bytes: [u8; $size]) -> Self {
                unsafe { core::mem::transmute(bytes) }
            }
        }
    };
    ($name:ty, $size:literal $(, $member:ident $offset:literal)*) => {
        layout!(partial $name, $size $(, $member $offset)*);

        const _: () = {
            const ANY: $name = <$name>::from_bytes([0; $size]);

            assert!(0 $(+ crate::numbers::bytes_of(ANY.$member))* == $size);
        };

        impl $name {
            /// The bytes of a structure.
            pub const fn to_bytes(self) -> [u8; $size] {
                unsafe { core::mem::transmute(self) }
            }
        }
    };
}

pub(crate) use layout;
