//! The opcodes of finished bytecode.

use crate::Error;

/// An opcode, by its number in bytecode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Opcode(pub u8);

/// What is known of an opcode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpcodeInfo {
    /// QuickJS's name of it.
    pub name: String,
    /// Bytes that an instruction of it takes, operands included.
    pub size: u32,
    /// Values that it takes from the stack; arguments of calls are not among them.
    pub pops: u32,
    /// Values that it leaves there.
    pub pushes: u32,
    /// Its operands.
    pub format: Format,
}

/// All opcodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opcodes(pub(crate) Vec<OpcodeInfo>);

impl Opcodes {
    /// What is known of an opcode; `None` for a number that has none.
    #[must_use]
    pub fn get(&self, opcode: Opcode) -> Option<&OpcodeInfo> {
        self.0.get(usize::from(opcode.0))
    }

    /// All of them, by number.
    pub fn iter(&self) -> impl Iterator<Item = (Opcode, &OpcodeInfo)> {
        (0..=u8::MAX).map(Opcode).zip(&self.0)
    }

    /// The opcode of this name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<Opcode> {
        self.iter()
            .find_map(|(opcode, info)| (info.name == name).then_some(opcode))
    }
}

macro_rules! formats {
    ($($variant:ident $name:literal $text:literal),* $(,)?) => {
        /// The operands of an instruction.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Format {
            $(#[doc = $text] $variant,)*
        }

        impl Format {
            /// The format of this name.
            pub(crate) fn named(name: &str) -> Result<Format, Error> {
                match name {
                    $($name => Ok(Format::$variant),)*
                    other => Err(Error::UnknownFormat(other.to_string())),
                }
            }
        }
    };
}

formats! {
    None "none" "None.",
    NoneInt "none_int" "A number that the opcode says.",
    NoneLoc "none_loc" "A local variable that the opcode says.",
    NoneArg "none_arg" "An argument that the opcode says.",
    NoneVarRef "none_var_ref" "A variable of the closure that the opcode says.",
    U8 "u8" "A byte.",
    I8 "i8" "A signed byte.",
    Loc8 "loc8" "A local variable, in a byte.",
    Const8 "const8" "A constant, in a byte.",
    Label8 "label8" "A distance, in a byte.",
    U16 "u16" "Two bytes.",
    I16 "i16" "Two bytes, signed.",
    Label16 "label16" "A distance, in two bytes.",
    Npop "npop" "The number of arguments.",
    NpopX "npopx" "The number of arguments, which the opcode says.",
    NpopU16 "npop_u16" "The number of arguments, and two bytes.",
    Loc "loc" "A local variable.",
    Arg "arg" "An argument.",
    VarRef "var_ref" "A variable of the closure.",
    U32 "u32" "Four bytes.",
    U32x2 "u32x2" "Four bytes, twice.",
    I32 "i32" "Four bytes, signed.",
    Const "const" "A constant.",
    Label "label" "A distance.",
    Atom "atom" "A name.",
    AtomU8 "atom_u8" "A name and a byte.",
    AtomU16 "atom_u16" "A name and two bytes.",
    AtomLabelU8 "atom_label_u8" "A name, a distance and a byte.",
    AtomLabelU16 "atom_label_u16" "A name, a distance and two bytes.",
    LabelU16 "label_u16" "A distance and two bytes.",
}
