//! scratch
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let text = std::fs::read_to_string(&a[1]).unwrap();
    let t = std::time::Instant::now();
    let p = preinit::Program { has_exports: text.contains("export "), modules: vec![preinit::Module { name: "index.js".into(), text, kind: preinit::ModuleKind::EcmaScript }], resolutions: vec![] };
    let o = preinit::Options { cache_directory: Some("/tmp/jsc-cache".into()), ..Default::default() };
    match compiler::quick(&p, o) {
        Ok((w, x, e)) => { std::fs::write(&a[2], &w).unwrap(); eprintln!("{} bytes {:?} {:?} {:?} {:?}", w.len(), x, t.elapsed(), String::from_utf8_lossy(&e.output), e.frozen); }
        Err(e) => { eprintln!("{e:?}"); }
    }
}
