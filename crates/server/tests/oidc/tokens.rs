//! What the provider says, and when it is believed.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::common::{Ask, count, organiser};
use super::provider::{Behaviour, Provider, Sign};
use super::{EMAIL, begin, come_back, is_in, refused, sign_in_there, trusting};

const NOT_BELIEVED: &str = "could not be believed";

type Change = fn(&mut Behaviour);

#[tokio::test]
async fn tokens_signed_in_each_way_are_believed() {
    let provider = Provider::new().await;
    let server = trusting(&provider, |_| ()).await;
    organiser(&server, EMAIL).await;
    for sign in [Sign::Ed25519("first"), Sign::P256] {
        provider.behave(|own| own.sign = sign);
        assert!(is_in(&sign_in_there(&server, &provider).await));
    }
}

#[tokio::test]
async fn a_token_that_is_not_sound_signs_nobody_in() {
    let provider = Provider::new().await;
    let server = trusting(&provider, |_| ()).await;
    organiser(&server, EMAIL).await;
    let cases: [(&str, Change); 13] = [
        ("nonce", |own| own.change = |claims| claims["nonce"] = json!("another")),
        ("no nonce", |own| own.change = |claims| claims["nonce"] = Value::Null),
        ("aud", |own| own.change = |claims| claims["aud"] = json!("another")),
        ("aud of several", |own| own.change = |claims| claims["aud"] = json!(["adil test", "another"])),
        ("azp", |own| own.change = |claims| claims["azp"] = json!("another")),
        ("iss", |own| own.change = |claims| claims["iss"] = json!("https://id.example.org")),
        ("exp", |own| own.change = |claims| claims["exp"] = json!(adil_server::system::seconds() - 61)),
        ("iat", |own| own.change = |claims| claims["iat"] = json!(adil_server::system::seconds() - 3_600)),
        ("sub", |own| own.change = |claims| claims["sub"] = json!("")),
        ("other key", |own| own.sign = Sign::OtherKey),
        ("alg none", |own| own.sign = Sign::None),
        ("alg HS256", |own| own.sign = Sign::Mac),
        ("unknown key", |own| own.sign = Sign::Ed25519("hidden")),
    ];
    for (name, case) in cases {
        provider.behave(|own| own.be_sound());
        provider.behave(case);
        let answer = sign_in_there(&server, &provider).await;
        assert!(answer.text.contains(NOT_BELIEVED), "{name}: {} {}", answer.status, answer.text);
        refused(&answer, 422, NOT_BELIEVED);
    }
    assert_eq!(count(&server, "SELECT COUNT(*) FROM identity").await, 0);
    assert_eq!(count(&server, "SELECT COUNT(*) FROM session").await, 0);
    // The same browser, the same provider, a sound token.
    provider.behave(|own| own.be_sound());
    assert!(is_in(&sign_in_there(&server, &provider).await));
}

#[tokio::test]
async fn new_keys_are_fetched_but_not_for_everybody_who_names_one() {
    let provider = Provider::new().await;
    let server = trusting(&provider, |_| ()).await;
    organiser(&server, EMAIL).await;
    assert!(is_in(&sign_in_there(&server, &provider).await));
    assert!(is_in(&sign_in_there(&server, &provider).await));
    assert_eq!(provider.asked().0, 1, "keys stay in use");
    provider.behave(|own| (own.sign, own.published) = (Sign::Ed25519("second"), vec!["second"]));
    assert!(is_in(&sign_in_there(&server, &provider).await));
    assert_eq!(provider.asked().0, 2, "an unknown key: once more");
    // Within a minute no more, even where there would be one.
    provider.behave(|own| (own.sign, own.published) = (Sign::Ed25519("third"), vec!["third"]));
    refused(&sign_in_there(&server, &provider).await, 422, NOT_BELIEVED);
    assert_eq!(provider.asked().0, 2);
    provider.behave(|own| own.sign = Sign::Ed25519("second"));
    assert!(is_in(&sign_in_there(&server, &provider).await), "the known ones are still good");
}

#[tokio::test]
async fn an_answer_of_another_provider_is_refused() {
    let provider = Provider::new().await;
    let server = trusting(&provider, |_| ()).await;
    organiser(&server, EMAIL).await;
    let with = async |iss: &str| {
        let (cookie, address) = begin(&server).await;
        come_back(&server, &cookie, &format!("{}{iss}", provider.authorize(&address))).await
    };
    refused(&with("&iss=https%3A%2F%2Fother.example.org").await, 422, NOT_BELIEVED);
    assert_eq!(provider.asked().1, 0, "the code went nowhere");
    let own = format!("&iss={}", provider.base.replace(':', "%3A").replace('/', "%2F"));
    assert!(is_in(&with(&own).await));
    assert!(is_in(&with("").await), "this provider has not promised to name itself");
    // One that has promised it.
    provider.behave(|own| {
        own.directory = |directory| directory["authorization_response_iss_parameter_supported"] = json!(true);
    });
    let server = trusting(&provider, |_| ()).await;
    organiser(&server, EMAIL).await;
    refused(&sign_in_there(&server, &provider).await, 422, NOT_BELIEVED);
}

#[tokio::test]
async fn the_secret_goes_into_the_form_where_the_provider_wants_that() {
    let provider = Provider::new().await;
    provider.behave(|own| {
        own.directory = |directory| {
            directory["token_endpoint_auth_methods_supported"] = json!(["private_key_jwt", "client_secret_post"])
        };
    });
    let server = trusting(&provider, |_| ()).await;
    organiser(&server, EMAIL).await;
    assert!(is_in(&sign_in_there(&server, &provider).await));
    // With a wrong secret it is the operator who has to do something.
    let server = trusting(&provider, |config| {
        let secret = Some(zeroize::Zeroizing::new("wrong".to_owned()));
        config.oidc.as_mut().expect("settings").client_secret = secret;
    })
    .await;
    refused(&sign_in_there(&server, &provider).await, 503, "does not answer now, or not as it should");
}

#[tokio::test]
async fn a_claim_and_a_domain_may_be_required_and_the_second_address_is_asked() {
    const NOT_AMONG: &str = "You are not among those";
    let provider = Provider::new().await;
    let server = trusting(&provider, |config| {
        let settings = config.oidc.as_mut().expect("settings");
        settings.required = Some(("groups".to_owned(), "office".to_owned()));
        settings.domains = vec!["example.org".to_owned()];
    })
    .await;
    organiser(&server, EMAIL).await;
    refused(&sign_in_there(&server, &provider).await, 422, "could not be believed");
    for (groups, enters) in
        [(json!([]), false), (json!(["all"]), false), (json!(["all", "office"]), true), (json!("office"), true)]
    {
        provider.behave(|own| own.userinfo = json!({ "sub": "person 1", "groups": groups }));
        let answer = sign_in_there(&server, &provider).await;
        assert_eq!(is_in(&answer), enters, "{groups}: {}", answer.text);
        if !enters {
            refused(&answer, 422, NOT_AMONG);
        }
    }
    // The token does not have the address: the second one says it, of the same person.
    provider.behave(|own| {
        own.change = |claims| {
            let claims = claims.as_object_mut().expect("claims");
            claims.remove("email");
            claims.remove("email_verified");
        };
        own.userinfo = json!({ "sub": "person 1", "groups": "office", "email": EMAIL, "email_verified": true });
    });
    assert!(is_in(&sign_in_there(&server, &provider).await));
    provider.behave(|own| own.userinfo["sub"] = json!("person 2"));
    refused(&sign_in_there(&server, &provider).await, 422, NOT_BELIEVED);
    // Known or not: who is no longer of the domain does not get in.
    provider.behave(|own| {
        own.userinfo = json!({ "sub": "person 1", "groups": "office", "email": "a@other.org", "email_verified": true });
    });
    refused(&sign_in_there(&server, &provider).await, 422, NOT_AMONG);
    provider.behave(|own| own.userinfo["email_verified"] = json!(false));
    refused(&sign_in_there(&server, &provider).await, 422, "does not confirm that a mail address is yours");
    assert_eq!(Ask::get("/sign-in").of(&server).await.status, StatusCode::OK);
}
