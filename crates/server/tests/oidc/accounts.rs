//! Which organiser somebody is.

use adil_server::Config;
use adil_server::accounts::{step, totp};
use axum::http::StatusCode;
use serde_json::json;

use super::common::{Ask, Server, count, organiser, postgres, sign_in};
use super::provider::Provider;
use super::{EMAIL, is_in, refused, sign_in_there, trusting};

const OTHER: &str = "connected with somebody else&#39;s account at the other service";

/// Servers that trust the provider, on each database that there is.
async fn all_trusting(provider: &Provider, test: &str, change: fn(&mut Config)) -> Vec<Server> {
    let mut all = vec![trusting(provider, change).await];
    if let Some(url) = postgres(test).await {
        let changed = |config: &mut Config| {
            change(config);
            config.database = Some(url);
        };
        all.push(trusting(provider, changed).await);
    }
    all
}

#[tokio::test]
async fn an_organiser_is_found_by_the_address_once_and_by_the_person_afterwards() {
    let provider = Provider::new().await;
    for server in all_trusting(&provider, "oidc", |_| ()).await {
        provider.behave(|own| own.change = |_| ());
        organiser(&server, EMAIL).await;
        let before = Ask::get("/account").cookie(&sign_in(&server, EMAIL).await).of(&server).await;
        assert!(before.text.contains("Nothing is connected yet. Sign in with Example ID once"), "{}", before.text);
        let answer = sign_in_there(&server, &provider).await;
        assert!(is_in(&answer), "{}", answer.text);
        assert!(answer.header("set-cookie").contains("HttpOnly; SameSite=Lax"));
        let page = Ask::get("/account").cookie(&answer.cookie()).of(&server).await;
        assert!(page.text.contains(EMAIL) && page.text.contains("This account is connected with Example ID"));
        let kept = server.app.store.text("SELECT issuer || ' ' || subject FROM identity").await.expect("one");
        assert_eq!(kept, format!("{} person 1", provider.base));
        // The address has changed there, or is no longer verified: the person is the same.
        provider.behave(|own| own.change = |claims| claims["email"] = json!("other@example.org"));
        let again = sign_in_there(&server, &provider).await;
        let page = Ask::get("/account").cookie(&again.cookie()).of(&server).await;
        assert!(page.text.contains(EMAIL) && !page.text.contains("other@example.org"), "{}", page.text);
        provider.behave(|own| own.change = |claims| claims["email_verified"] = json!(false));
        assert!(is_in(&sign_in_there(&server, &provider).await));
        assert_eq!(count(&server, "SELECT COUNT(*) FROM organiser").await, 1);
        assert_eq!(count(&server, "SELECT COUNT(*) FROM identity").await, 1);
    }
}

#[tokio::test]
async fn an_address_that_is_not_verified_finds_nobody() {
    const UNVERIFIED: &str = "does not confirm that a mail address is yours";
    let provider = Provider::new().await;
    let server = trusting(&provider, |config| config.open_registration = true).await;
    organiser(&server, EMAIL).await;
    for change in [
        (|claims| claims["email_verified"] = json!(false)) as fn(&mut serde_json::Value),
        |claims| claims["email_verified"] = json!("yes"),
        |claims| claims["email"] = json!("no address"),
        |claims| {
            claims.as_object_mut().expect("claims").remove("email_verified");
        },
    ] {
        provider.behave(|own| own.change = change);
        refused(&sign_in_there(&server, &provider).await, 422, UNVERIFIED);
    }
    assert_eq!(count(&server, "SELECT COUNT(*) FROM identity").await, 0);
    assert_eq!(count(&server, "SELECT COUNT(*) FROM organiser").await, 1);
}

#[tokio::test]
async fn an_account_is_made_where_everybody_may_make_one() {
    let provider = Provider::new().await;
    for is_open in [false, true] {
        let changes: [fn(&mut Config); 2] = [|_| (), |config| config.open_registration = true];
        let change = changes[usize::from(is_open)];
        for server in all_trusting(&provider, "oidc-open", change).await {
            let answer = sign_in_there(&server, &provider).await;
            if is_open {
                assert!(is_in(&answer), "{}", answer.text);
                let page = Ask::get("/account").cookie(&answer.cookie()).of(&server).await;
                assert!(page.text.contains(EMAIL) && page.text.contains("You have no password"), "{}", page.text);
            } else {
                refused(&answer, 422, "There is no account here for your mail address");
            }
            for sql in ["SELECT COUNT(*) FROM organiser", "SELECT COUNT(*) FROM identity"] {
                assert_eq!(count(&server, sql).await, i64::from(is_open), "{sql}");
            }
        }
    }
}

#[tokio::test]
async fn the_code_of_the_app_is_still_asked_for_and_nothing_is_connected_before() {
    let provider = Provider::new().await;
    for server in all_trusting(&provider, "oidc-factor", |_| ()).await {
        let id = organiser(&server, EMAIL).await;
        let now = adil_server::system::seconds();
        let drawn = adil_server::system::token().expect("random").to_string();
        let secret = server.app.app_secret(id, &drawn);
        let owner = adil_server::accounts::Owner { password: "", code: "", is_recent: true };
        server.app.add_second_factor(id, owner, &drawn, &totp(&secret, step(now) - 1, 6)).await.expect("set up");

        let answer = sign_in_there(&server, &provider).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        let link = answer.location().to_owned();
        assert!(link.starts_with("/sign-in/link/"), "{link}");
        let nothing_yet = async || {
            assert_eq!(count(&server, "SELECT COUNT(*) FROM session").await, 0);
            assert_eq!(count(&server, "SELECT COUNT(*) FROM identity").await, 0);
        };
        nothing_yet().await;
        let page = Ask::get(&link).of(&server).await;
        assert!(page.text.contains("name=\"code\"") && page.text.contains(EMAIL), "{}", page.text);
        for code in ["", "code=", "code=000000"] {
            let wrong = Ask::form(&link, code).of(&server).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{code}");
        }
        nothing_yet().await;
        let code = totp(&secret, step(adil_server::system::seconds()), 6);
        let right = Ask::form(&link, &format!("code={code}")).of(&server).await;
        assert!(is_in(&right), "{}", right.text);
        assert_eq!(count(&server, "SELECT COUNT(*) FROM identity").await, 1);
        assert_eq!(Ask::get(&link).of(&server).await.status, StatusCode::NOT_FOUND, "it served once");
        // Another person there is told so before the code is asked for.
        provider.behave(|own| own.change = |claims| claims["sub"] = json!("person 2"));
        refused(&sign_in_there(&server, &provider).await, 422, OTHER);
        provider.behave(|own| own.be_sound());
        // Known by now, the code is asked for all the same.
        assert!(sign_in_there(&server, &provider).await.location().starts_with("/sign-in/link/"));
    }
}

#[tokio::test]
async fn an_address_that_was_given_to_another_person_does_not_open_the_account() {
    let provider = Provider::new().await;
    for server in all_trusting(&provider, "oidc-other", |_| ()).await {
        provider.behave(|own| own.change = |_| ());
        organiser(&server, EMAIL).await;
        let first = sign_in_there(&server, &provider).await.cookie();
        provider.behave(|own| own.change = |claims| claims["sub"] = json!("person 2"));
        refused(&sign_in_there(&server, &provider).await, 422, OTHER);

        // The owner disconnects: with the token of the form, and other sessions end.
        let owner = sign_in(&server, EMAIL).await;
        let without = Ask::form("/account/provider/off", "").cookie(&owner).of(&server).await;
        assert_eq!(without.status, StatusCode::FORBIDDEN);
        let csrf = Ask::get("/account").cookie(&owner).of(&server).await.csrf();
        let off = Ask::form("/account/provider/off", &format!("csrf={csrf}")).cookie(&owner).of(&server).await;
        assert_eq!(off.location(), "/account?done=provider-off", "{}", off.text);
        for ended in [&first, &owner] {
            assert_eq!(Ask::get("/account").cookie(ended).of(&server).await.location(), "/sign-in");
        }
        let page = Ask::get(off.location()).cookie(&off.cookie()).of(&server).await;
        assert!(page.text.contains("no longer connected") && page.text.contains("Nothing is connected yet"));
        assert!(is_in(&sign_in_there(&server, &provider).await));
        // Now it is the first one who is another person.
        provider.behave(|own| own.change = |_| ());
        refused(&sign_in_there(&server, &provider).await, 422, OTHER);
    }
}

#[tokio::test]
async fn the_operators_link_takes_the_connection_off() {
    let provider = Provider::new().await;
    let server = trusting(&provider, |_| ()).await;
    organiser(&server, EMAIL).await;
    assert!(is_in(&sign_in_there(&server, &provider).await));
    assert_eq!(count(&server, "SELECT COUNT(*) FROM identity").await, 1);
    server.app.operator_link(EMAIL).await.expect("a link");
    assert_eq!(count(&server, "SELECT COUNT(*) FROM identity").await, 0);
    assert_eq!(count(&server, "SELECT COUNT(*) FROM session").await, 0);
}
