//! What is wrong with bytes that were to be a module. What is cheap to see is looked at before compiling, the rest
//! only when compiling has failed.

use wasmparser::{Parser, Payload, Validator};

use crate::error::Error;

const MAGIC: &[u8] = b"\0asm";
const PAGE: u64 = 64 * 1024;

/// Refuses what is no core module by its first bytes.
pub(crate) fn check_header(bytes: &[u8]) -> Result<(), Error> {
    if bytes.starts_with(MAGIC) {
        return if Parser::is_component(bytes) {
            Err(Error::Component)
        } else {
            Ok(())
        };
    }
    if !bytes.is_empty() && MAGIC.starts_with(bytes) {
        return Err(Error::Truncated {
            length: bytes.len(),
            message: "in the middle of its header".to_owned(),
        });
    }
    Err(match beginning_of_text(bytes) {
        Some(text) if is_wat(text) => Error::Text,
        Some(text) => Error::NotWasm {
            start: start_of_text(text),
        },
        None => Error::NotWasm {
            start: start_of_binary(bytes),
        },
    })
}

/// Why wasmtime refused to compile `wasm`.
pub(crate) fn explain(wasm: &[u8], refusal: &code_cache::Error, max_memory: u64) -> Error {
    if let Err(error) = Validator::new().validate_all(wasm) {
        return invalid(wasm, &error);
    }
    let needed = initial_memory(wasm);
    if needed > max_memory {
        return Error::MemoryTooLarge {
            needed,
            limit: max_memory,
        };
    }
    Error::Unsupported(innermost(refusal))
}

/// What the validator has against `wasm`.
pub(crate) fn invalid(wasm: &[u8], error: &wasmparser::BinaryReaderError) -> Error {
    // Some of wasmparser's messages are aligned for a listing.
    let message = error.message().split_whitespace().collect::<Vec<_>>();
    let message = message.join(" ");
    // There is no other sign that it wanted more bytes than there were.
    if message.starts_with("unexpected end") {
        Error::Truncated {
            length: wasm.len(),
            message,
        }
    } else {
        Error::Invalid {
            message,
            offset: error.offset() as u64,
        }
    }
}

/// The bytes that all memories of a valid module start with.
pub(crate) fn initial_memory(wasm: &[u8]) -> u64 {
    let mut all = 0_u64;
    for payload in Parser::new(0).parse_all(wasm) {
        match payload {
            Ok(Payload::MemorySection(memories)) => {
                for memory in memories.into_iter().flatten() {
                    all = all.saturating_add(bytes_of_pages(memory.initial));
                }
            }
            // All memories come before the code, which is most of a module.
            Ok(Payload::CodeSectionStart { .. }) | Err(_) => break,
            Ok(_) => {}
        }
    }
    all
}

pub(crate) fn bytes_of_pages(pages: u64) -> u64 {
    pages.saturating_mul(PAGE)
}

/// The last error of a chain, which in wasmtime's is the one that says what is wrong.
fn innermost(error: &dyn std::error::Error) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}

/// The start of `bytes` if it can pass for text.
fn beginning_of_text(bytes: &[u8]) -> Option<&str> {
    const LOOKED_AT: usize = 256;
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        // A character that the cut goes through is no sign of binary.
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).ok()?
        }
        Err(_) => return None,
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.chars()
        .all(|c| !c.is_control() || c.is_whitespace())
        .then_some(text)
}

fn is_wat(text: &str) -> bool {
    ["(module", "(component", ";;", "(;"]
        .iter()
        .any(|start| text.trim_start().starts_with(start))
}

fn start_of_text(text: &str) -> String {
    const SHOWN: usize = 32;
    let Some(line) = text.lines().map(str::trim).find(|line| !line.is_empty()) else {
        return "it is empty".to_owned();
    };
    match line.char_indices().nth(SHOWN) {
        Some((cut, _)) => format!("it starts with `{}…`", line[..cut].trim_end()),
        None => format!("it starts with `{line}`"),
    }
}

fn start_of_binary(bytes: &[u8]) -> String {
    let known = match bytes {
        [0x7f, b'E', b'L', b'F', ..] => " (an ELF file: a native program or precompiled code)",
        [0x1f, 0x8b, ..] => " (gzip)",
        [b'P', b'K', 3, 4, ..] => " (a zip archive)",
        _ => "",
    };
    let hex: Vec<String> = bytes
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("it starts with the bytes {}{known}", hex.join(" "))
}

#[cfg(test)]
mod tests {
    use super::check_header;

    fn check(bytes: &[u8], expected: &str) {
        let message = match check_header(bytes) {
            Ok(()) => "a module".to_owned(),
            Err(error) => error.to_string(),
        };
        assert_eq!(message, expected);
    }

    #[test]
    fn modules_pass() {
        check(b"\0asm\x01\0\0\0", "a module");
        // wasmparser has the better words for what follows the magic number.
        check(b"\0asm\x02\0\0\0", "a module");
        check(b"\0asm", "a module");
    }

    #[test]
    fn text_is_quoted() {
        check(
            b"\n  export default (input) => input.cart.lines.length;\n",
            "not a WebAssembly module: it starts with `export default (input) => input.…`; \
             did you mean to compile it first?",
        );
        check(
            "\u{feff}let ä = 1".as_bytes(),
            "not a WebAssembly module: it starts with `let ä = 1`; did you mean to compile it first?",
        );
        check(
            &"ä".repeat(200).as_bytes()[..255],
            &format!(
                "not a WebAssembly module: it starts with `{}…`; did you mean to compile it first?",
                "ä".repeat(32)
            ),
        );
    }

    #[test]
    fn nothing_is_named() {
        for nothing in ["", "\n\n"] {
            check(
                nothing.as_bytes(),
                "not a WebAssembly module: it is empty; did you mean to compile it first?",
            );
        }
    }

    #[test]
    fn binaries_are_named() {
        check(
            b"\x7fELF\x02\x01\x01",
            "not a WebAssembly module: it starts with the bytes 7f 45 4c 46 (an ELF file: a native program or \
             precompiled code); did you mean to compile it first?",
        );
        check(
            b"\xca\xfe",
            "not a WebAssembly module: it starts with the bytes ca fe; did you mean to compile it first?",
        );
    }

    #[test]
    fn relatives_are_told_apart() {
        let text = "not a WebAssembly module but its text format: convert it first, for example with \
                    `wasm-tools parse`";
        check(b"(module)", text);
        check(b"  ;; a comment\n(module)", text);
        check(
            b"\0asm\x0d\0\x01\0",
            "not a core module: it is a component; jsc run takes core modules, as `jsc compile` writes them",
        );
        check(
            b"\0as",
            "truncated WebAssembly module: it ends at byte 3 (in the middle of its header); copy or compile it again",
        );
    }
}
