//! dump
#![allow(clippy::print_stdout)]
use adil_record::Counts;
fn main() {
    let paths: Vec<std::path::PathBuf> = std::env::args().skip(1).map(Into::into).collect();
    match adil_open::open_record(&paths, &adil_open::Limits::default(), &()) {
        Err(e) => println!("ERR {e}"),
        Ok(o) => {
            println!("{} set aside {:?}", o.record.title, o.set_aside);
            for c in &o.record.contests {
                println!("== {} | {} | {} options", c.id, c.title, c.options.len());
                for r in &c.releases {
                    let Some(t) = &r.stations else { continue };
                    println!(
                        "  release {} {:?} rows {} areas {:?}",
                        r.id,
                        r.status,
                        t.len(),
                        t.areas.iter().map(|a| (a.level.clone(), a.names.distinct())).collect::<Vec<_>>()
                    );
                    println!(
                        "  lines {:?}",
                        t.lines.iter().map(|(k, c)| (k.id(), c.sum(), c.missing())).collect::<Vec<_>>()
                    );
                    println!("  left {:?}", t.left_out);
                    for p in &t.proofs {
                        println!("  proof {:?}", p);
                    }
                    let mut v: Vec<_> =
                        c.options.iter().zip(&t.votes).map(|(o, v)| (Counts::sum(v), o.name.clone())).collect();
                    v.sort();
                    v.reverse();
                    v.truncate(4);
                    println!("  top {v:?}");
                }
            }
        }
    }
}
