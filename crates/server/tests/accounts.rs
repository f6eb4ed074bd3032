//! Signing in, sessions, and what strangers cannot do.

mod common;

use adil_server::accounts::{step, totp};
use axum::http::StatusCode;
use common::{Ask, PASSWORD, count, letters, organiser, server, servers, sign_in};

const EMAIL: &str = "organiser@example.org";

fn attempt(password: &str) -> String {
    format!("email=organiser%40example.org&password={password}&code=")
}

fn link_in(letter: &str, path: &str) -> String {
    let at = letter.find(path).expect("a link");
    let text = &letter[at..];
    text[..text.find(char::is_whitespace).unwrap_or(text.len())].to_owned()
}

#[tokio::test]
async fn a_session_is_renewed_at_sign_in_and_ends() {
    for server in servers("session").await {
        organiser(&server, EMAIL).await;
        let first = sign_in(&server, EMAIL).await;
        let page = Ask::get("/account").cookie(&first).of(&server).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains(EMAIL));
        assert_eq!(page.header("cache-control"), "no-store");
        // Signing in once more from the same browser: another token, and the first is of no use.
        let body = format!("{}&csrf={}", attempt("correct+horse+battery"), page.csrf());
        let again = Ask::form("/sign-in", &body).cookie(&first).of(&server).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text);
        let second = again.cookie();
        assert_ne!(first, second);
        assert_eq!(Ask::get("/account").cookie(&first).of(&server).await.status, StatusCode::SEE_OTHER);
        let page = Ask::get("/account").cookie(&second).of(&server).await;
        assert_eq!(page.status, StatusCode::OK);
        // Signing out needs the token of the form.
        let without = Ask::form("/sign-out", "").cookie(&second).of(&server).await;
        assert_eq!(without.status, StatusCode::FORBIDDEN);
        let out = Ask::form("/sign-out", &format!("csrf={}", page.csrf())).cookie(&second).of(&server).await;
        assert_eq!((out.status, out.location()), (StatusCode::SEE_OTHER, "/"));
        assert!(out.header("set-cookie").contains("Max-Age=0"));
        assert_eq!(Ask::get("/account").cookie(&second).of(&server).await.location(), "/sign-in");
        assert_eq!(count(&server, "SELECT COUNT(*) FROM session").await, 0);
    }
}

#[tokio::test]
async fn an_expired_session_is_none_and_is_tidied_up() {
    for server in servers("expired").await {
        organiser(&server, EMAIL).await;
        let cookie = sign_in(&server, EMAIL).await;
        server.app.store.run("UPDATE session SET expires = 1").await.expect("changed");
        assert_eq!(Ask::get("/account").cookie(&cookie).of(&server).await.location(), "/sign-in");
        assert_eq!(server.app.clean_up().await.expect("tidied"), 1);
        assert_eq!(server.app.clean_up().await.expect("tidied"), 0, "once more does nothing");
    }
}

#[tokio::test]
async fn wrong_passwords_become_slow_but_the_owner_still_gets_in() {
    for server in servers("lockout").await {
        organiser(&server, EMAIL).await;
        // The owner signs in from her own network, which is known from then on.
        let owner = [198, 51, 100, 7];
        let right = attempt("correct+horse+battery");
        assert_eq!(Ask::form("/sign-in", &right).from(owner).of(&server).await.status, StatusCode::SEE_OTHER);

        // A stranger guesses from one network: after four he has to wait.
        for _ in 0..4 {
            let answer = Ask::form("/sign-in", &attempt("wrong")).of(&server).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(answer.text.contains("The address, the password or the code is wrong"), "{}", answer.text);
        }
        let slow = Ask::form("/sign-in", &attempt("wrong")).of(&server).await;
        assert!(slow.text.contains("Try again in"), "{}", slow.text);
        // Even the right password has to wait there, and only there.
        let waits = Ask::form("/sign-in", &right).of(&server).await;
        assert!(waits.text.contains("Try again in"));
        assert_eq!(Ask::form("/sign-in", &right).from(owner).of(&server).await.status, StatusCode::SEE_OTHER);

        // Many strangers from many networks reach the soft limit: 4 + 46 = 50.
        for number in 0..46 {
            let from = [203, 0, number, 1];
            Ask::form("/sign-in", &attempt("wrong")).from(from).of(&server).await;
        }
        let elsewhere = [203, 1, 1, 1];
        let answer = Ask::form("/sign-in", &right).from(elsewhere).of(&server).await;
        assert!(answer.text.contains("link by mail instead"), "{}", answer.text);
        // From her own network the password still works; from elsewhere the mailed link does.
        assert_eq!(Ask::form("/sign-in", &right).from(owner).of(&server).await.status, StatusCode::SEE_OTHER);
        let asked = Ask::form("/sign-in/link", "email=organiser%40example.org").from(elsewhere).of(&server).await;
        assert_eq!(asked.status, StatusCode::OK);
        server.app.send_due_mail().await.expect("sent");
        let letters = letters(&server);
        assert_eq!(letters.len(), 1);
        let link = link_in(&letters[0], "/sign-in/link/");
        let entered = Ask::form(&link, "").from(elsewhere).of(&server).await;
        assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.text);
        assert!(!entered.cookie().is_empty());
    }
}

#[tokio::test]
async fn an_unknown_address_is_not_told_apart() {
    let server = server(|_| {}).await;
    organiser(&server, EMAIL).await;
    let known = Ask::form("/sign-in", &attempt("wrong")).of(&server).await;
    let unknown = Ask::form("/sign-in", &attempt("wrong").replace("organiser", "somebody")).of(&server).await;
    assert_eq!(known.status, unknown.status);
    assert_eq!(known.text.replace("organiser", "somebody"), unknown.text.replace("organiser", "somebody"));
    let known = Ask::form("/sign-in/link", "email=organiser%40example.org").of(&server).await;
    let unknown = Ask::form("/sign-in/link", "email=somebody%40example.org").of(&server).await;
    assert_eq!((known.status, &known.text), (unknown.status, &unknown.text));
    assert_eq!(count(&server, "SELECT COUNT(*) FROM mail").await, 1, "a letter for the one that there is");
}

#[tokio::test]
async fn a_mailed_link_works_once_and_looking_does_not_use_it_up() {
    for server in servers("link").await {
        organiser(&server, EMAIL).await;
        Ask::form("/sign-in/link", "email=Organiser%40Example.org+").of(&server).await;
        server.app.send_due_mail().await.expect("sent");
        let link = link_in(&letters(&server)[0], "/sign-in/link/");
        let token = link.rsplit('/').next().expect("a token").to_owned();
        assert_eq!(token.len(), 43);
        for _ in 0..2 {
            let page = Ask::get(&link).of(&server).await;
            assert_eq!(page.status, StatusCode::OK, "a mail scanner looks");
            assert!(page.text.contains("<form method=\"post\">"));
        }
        // The database holds no token: neither in the queue of mail nor beside the account.
        let content = server.app.store.text("SELECT content FROM mail").await.expect("a letter");
        assert!(!content.contains(&token), "{content}");
        // Of several who try at once one gets in.
        let (one, two) = tokio::join!(Ask::form(&link, "").of(&server), Ask::form(&link, "").of(&server));
        let mut statuses = [one.status.as_u16(), two.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 404]);
        assert_eq!(Ask::get(&link).of(&server).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_link_that_is_too_old_does_not_work_and_letters_are_counted() {
    let server = server(|_| {}).await;
    organiser(&server, EMAIL).await;
    for _ in 0..8 {
        Ask::form("/sign-in/link", "email=organiser%40example.org").of(&server).await;
    }
    assert_eq!(count(&server, "SELECT COUNT(*) FROM mail").await, 5, "five letters an hour");
    server.app.send_due_mail().await.expect("sent");
    let link = link_in(&letters(&server)[0], "/sign-in/link/");
    server.app.store.run("UPDATE sign_in_link SET expires = 1").await.expect("changed");
    assert_eq!(Ask::form(&link, "").of(&server).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_first_account_is_made_with_the_link_that_the_operator_sees() {
    for server in servers("setup").await {
        let link = server.app.set_up_link().await.expect("made").expect("there is no account");
        let path = link.strip_prefix("http://127.0.0.1:8080").expect("the address of this server");
        assert_eq!(Ask::get(path).of(&server).await.status, StatusCode::OK);
        let weak = Ask::form(path, "email=first%40example.org&password=short").of(&server).await;
        assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(weak.text.contains("href=\"#password\""), "the summary leads to the field");
        let made = Ask::form(path, "email=first%40example.org&password=correct+horse+battery").of(&server).await;
        assert_eq!((made.status, made.location()), (StatusCode::SEE_OTHER, "/organiser"));
        assert_eq!(Ask::get(path).of(&server).await.status, StatusCode::NOT_FOUND, "it worked once");
        assert_eq!(server.app.set_up_link().await.expect("looked"), None);
        sign_in(&server, "first@example.org").await;
        // The password is kept as an Argon2id hash.
        let kept = server.app.store.text("SELECT password FROM organiser").await.expect("a hash");
        assert!(kept.starts_with("$argon2id$") && !kept.contains(PASSWORD));
    }
}

#[tokio::test]
async fn who_may_register_is_for_the_operator_to_say() {
    for is_open in [false, true] {
        let server = server(|config| config.open_registration = is_open).await;
        Ask::form("/sign-in/link", "email=new%40example.org").of(&server).await;
        server.app.send_due_mail().await.expect("sent");
        let letters = letters(&server);
        assert_eq!(letters.len(), usize::from(is_open));
        if let Some(letter) = letters.first() {
            let entered = Ask::form(&link_in(letter, "/sign-in/link/"), "").of(&server).await;
            assert_eq!(entered.status, StatusCode::SEE_OTHER);
            let page = Ask::get("/account").cookie(&entered.cookie()).of(&server).await;
            assert!(page.text.contains("new@example.org"));
        }
    }
}

#[tokio::test]
async fn a_second_factor_is_asked_for_and_its_codes_serve_once() {
    for server in servers("factor").await {
        let id = organiser(&server, EMAIL).await;
        let cookie = sign_in(&server, EMAIL).await;
        let page = Ask::get("/account/second-factor").cookie(&cookie).of(&server).await;
        let drawn =
            page.text.split("name=\"drawn\" value=\"").nth(1).expect("drawn").split('"').next().expect("closed");
        let secret = server.app.app_secret(id, drawn);
        assert!(page.text.contains(&*server.app.app_secret_text(id, drawn)));
        assert!(page.text.contains("otpauth://totp/adil:organiser%40example.org?secret="), "{}", page.text);
        let now = || std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970").as_secs();
        let code = totp(&secret, step(now()) - 1, 6);
        // A session alone does not do: it may be a stolen one.
        let elsewhere = sign_in(&server, EMAIL).await;
        let body = |before: &str| format!("csrf={}&before={before}&drawn={drawn}&code={code}", page.csrf());
        for before in ["", "another+password"] {
            let wrong = Ask::form("/account/second-factor", &body(before)).cookie(&cookie).of(&server).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(wrong.text.contains("id=\"before-error\""), "{}", wrong.text);
        }
        let on = body("correct+horse+battery");
        let on = Ask::form("/account/second-factor", &on).cookie(&cookie).of(&server).await;
        assert_eq!(on.location(), "/account?done=factor", "{}", on.text);
        // Sessions that began without it have ended.
        for old in [&cookie, &elsewhere] {
            assert_eq!(Ask::get("/account").cookie(old).of(&server).await.location(), "/sign-in");
        }
        assert_eq!(Ask::get("/account").cookie(&on.cookie()).of(&server).await.status, StatusCode::OK);
        // The database holds no secret of the app.
        let kept = server.app.store.text("SELECT totp FROM organiser").await.expect("a number");
        assert_eq!(kept, drawn);

        let with = |code: &str| format!("email=organiser%40example.org&password=correct+horse+battery&code={code}");
        let from = [198, 51, 100, 9];
        let status = |answer: common::Answer| answer.status;
        assert_eq!(
            status(Ask::form("/sign-in", &with("")).from(from).of(&server).await),
            StatusCode::UNPROCESSABLE_ENTITY
        );
        assert_eq!(
            status(Ask::form("/sign-in", &with(&code)).from(from).of(&server).await),
            StatusCode::UNPROCESSABLE_ENTITY,
            "it was used when it was set up"
        );
        let next = totp(&secret, step(now()), 6);
        assert_eq!(status(Ask::form("/sign-in", &with(&next)).from(from).of(&server).await), StatusCode::SEE_OTHER);
        assert_eq!(
            status(Ask::form("/sign-in", &with(&next)).from(from).of(&server).await),
            StatusCode::UNPROCESSABLE_ENTITY,
            "each code serves once"
        );
        // The operator's link takes it off, for those who have lost their telephone.
        let link = server.app.operator_link(EMAIL).await.expect("a link");
        assert_eq!(count(&server, "SELECT COUNT(*) FROM organiser WHERE password IS NULL AND totp IS NULL").await, 1);
        let path = link.strip_prefix("http://127.0.0.1:8080").expect("the address of this server").to_owned();
        assert_eq!(status(Ask::form(&path, "").from(from).of(&server).await), StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions() {
    for server in servers("change").await {
        organiser(&server, EMAIL).await;
        let (here, elsewhere) = (sign_in(&server, EMAIL).await, sign_in(&server, EMAIL).await);
        let csrf = Ask::get("/account").cookie(&here).of(&server).await.csrf();
        let body = |before: &str| format!("csrf={csrf}&before={before}&after=another+long+password");
        let wrong = Ask::form("/account/password", &body("wrong")).cookie(&here).of(&server).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text.contains("id=\"before-error\""));
        let done = Ask::form("/account/password", &body("correct+horse+battery")).cookie(&here).of(&server).await;
        assert_eq!(done.location(), "/account?done=password", "{}", done.text);
        assert_eq!(Ask::get("/account").cookie(&elsewhere).of(&server).await.location(), "/sign-in");
        assert_eq!(Ask::get("/account").cookie(&here).of(&server).await.location(), "/sign-in");
        assert_eq!(Ask::get("/account").cookie(&done.cookie()).of(&server).await.status, StatusCode::OK);
        let old = Ask::form("/sign-in", &attempt("correct+horse+battery")).from([198, 51, 100, 9]).of(&server).await;
        assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn without_a_password_it_is_not_enough_to_have_found_a_session() {
    for server in servers("owner").await {
        let id = organiser(&server, EMAIL).await;
        let cookie = sign_in(&server, EMAIL).await;
        server.app.store.run("UPDATE organiser SET password = NULL").await.expect("an account without a password");
        let csrf = Ask::get("/account").cookie(&cookie).of(&server).await.csrf();
        let password = format!("csrf={csrf}&after=another+long+password");
        // A quarter of an hour after signing in.
        server.app.store.run("UPDATE session SET created = created - 901").await.expect("time goes by");
        let late = Ask::form("/account/password", &password).cookie(&cookie).of(&server).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(late.text.contains("Sign in again first"), "{}", late.text);
        let drawn = "a".repeat(43);
        let now = adil_server::system::seconds();
        let code = totp(&server.app.app_secret(id, &drawn), step(now), 6);
        let factor = format!("csrf={csrf}&drawn={drawn}&code={code}");
        let late = Ask::form("/account/second-factor", &factor).cookie(&cookie).of(&server).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        server.app.store.run("UPDATE session SET created = created + 901").await.expect("it was only now");
        let on = Ask::form("/account/second-factor", &factor).cookie(&cookie).of(&server).await;
        assert_eq!(on.location(), "/account?done=factor", "{}", on.text);
        // From now on a code of the app is asked for before there is a password.
        let cookie = on.cookie();
        let csrf = Ask::get("/account").cookie(&cookie).of(&server).await.csrf();
        let without = format!("csrf={csrf}&after=another+long+password");
        let without = Ask::form("/account/password", &without).cookie(&cookie).of(&server).await;
        assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(without.text.contains("id=\"own-code-error\""), "{}", without.text);
        let next = totp(&server.app.app_secret(id, &drawn), step(now) + 1, 6);
        let with = format!("csrf={csrf}&after=another+long+password&code={next}");
        let done = Ask::form("/account/password", &with).cookie(&cookie).of(&server).await;
        assert_eq!(done.location(), "/account?done=password", "{}", done.text);
    }
}

#[tokio::test]
async fn the_language_is_chosen_by_anybody() {
    let server = server(|_| {}).await;
    let answer = Ask::form("/language", "language=kk&to=%2Fsign-in").of(&server).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/sign-in"));
    let page = Ask::get("/sign-in").cookie(&answer.cookie()).of(&server).await;
    assert!(page.text.contains("<html lang=\"kk\">"));
    let elsewhere = Ask::form("/language", "language=ru&to=%2F%2Fother.example.org").of(&server).await;
    assert_eq!(elsewhere.location(), "/");
}
