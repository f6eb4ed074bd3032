//! Serves elections in all states, for looking at pages: `cargo run -p adil-server --example pages -- 127.0.0.1:8970`.
//! The addresses are printed; everything is gone with the process.

use std::net::SocketAddr;

use adil_server::sample::{self, Sample};
use adil_server::{App, Config, MailRoute, ServerError};

/// Every way of counting.
const PLAN: &str = r#"
title = "Council election 2026"
languages = ["en", "ru", "kk"]

[[question]]
title = "Who chairs the council?"
answers = ["Candidate A", "Candidate B with a rather long name that has to be wrapped on narrow screens", "Candidate C"]
kind = "choices"
min = 1
max = 1
blank = true
count = "plurality"

[[question]]
title = "Which projects shall be paid for?"
answers = ["A bridge", "A library", "Trees", "A playground"]
kind = "choices"
min = 0
max = 3
count = "approval"
seats = 2

[[question]]
title = "In which order do you prefer the venues?"
answers = ["Almaty", "Astana", "Shymkent"]
kind = "ranked"
count = "schulze"

[[question]]
title = "Who joins the board?"
answers = ["D", "E", "F", "G"]
kind = "ranked"
count = "stv"
seats = 2

[[question]]
title = "How do you find the drafts?"
answers = ["First draft", "Second draft"]
grades = ["Excellent", "Good", "Passable", "Poor"]
kind = "graded"
count = "majority-judgment"
"#;

/// The answers of the voters, again and again.
const VOTES: [[&str; 5]; 6] = [
    ["1=1", "2=A library, Trees", "3=Almaty,Astana,Shymkent", "4=D,E,F", "5=1:Good,2:Poor"],
    ["1=2", "2=Trees", "3=Astana,Almaty,Shymkent", "4=D,F", "5=1:Excellent,2:Good"],
    ["1=1", "2=A bridge, Trees, A playground", "3=Almaty,Shymkent,Astana", "4=E,D", "5=1:Passable,2:Good"],
    ["1=3", "2=A library", "3=Shymkent,Almaty,Astana", "4=D,E,G", "5=1:Good,2:Good"],
    ["1=1", "2=A library, Trees", "3=Astana,Shymkent,Almaty", "4=G,F", "5=1:Poor,2:Excellent"],
    ["1=blank", "2=Trees", "3=Almaty,Astana,Shymkent", "4=F,G", "5=1:Good,2:Passable"],
];

async fn held(app: &App, title: &str, voters: u64, voting: usize) -> Result<Sample, ServerError> {
    let organiser = sample::organiser(app).await?;
    let held = Sample::open(app, organiser, title, PLAN, voters).await?;
    let codes = held.codes(app, voters).await?;
    let votes: Vec<(&str, Vec<&str>)> = codes
        .iter()
        .take(voting)
        .zip(VOTES.iter().cycle())
        .map(|(code, vote)| (code.as_str(), vote.to_vec()))
        .collect();
    let polls = app.polls(&held.uuid).await?;
    for ballot in sample::ballots(polls.as_ref(), PLAN, &votes)? {
        app.cast(&held.uuid, ballot.into()).await?;
    }
    Ok(held)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let listen: SocketAddr = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8970".to_owned()).parse()?;
    let folder = tempfile::tempdir()?;
    let app = App::open(Config {
        listen,
        base_url: format!("http://{listen}"),
        data: folder.path().to_owned(),
        database: None,
        mail: MailRoute::Files,
        mail_from: "adil <adil@localhost>".to_owned(),
        open_registration: true,
        is_demo: true,
        proxies: 0,
        metrics: None,
    })
    .await?;
    let finished = held(&app, "Finished election", 30, 24).await?;
    finished.count(&app).await?;
    let closed = held(&app, "Closed election", 5, 3).await?;
    app.close_voting(&closed.uuid).await?;
    let open = held(&app, "Open election", 200, 130).await?;
    let text = format!(
        "http://{listen}\n/e/{0}\n/e/{0}/trackers\n/e/{1}\n/e/{1}/result\n/e/{2}\n/e/{2}/result\n",
        open.uuid, closed.uuid, finished.uuid
    );
    std::io::Write::write_all(&mut std::io::stdout(), text.as_bytes())?;
    let listener = tokio::net::TcpListener::bind(listen).await?;
    let service = adil_server::router(app).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).await?;
    Ok(())
}
