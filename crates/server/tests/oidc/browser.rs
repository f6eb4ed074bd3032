//! The browser that begins is the one that ends, once, in time.

use axum::http::StatusCode;

use super::common::{Ask, count, organiser, server};
use super::provider::Provider;
use super::{EMAIL, begin, come_back, is_in, refused, sign_in_there, trusting};

const BEGIN_AGAIN: &str = "This sign-in was begun in another browser";

#[tokio::test]
async fn without_a_provider_there_is_nothing_of_it() {
    let server = server(|_| ()).await;
    let page = Ask::get("/sign-in").of(&server).await;
    assert!(page.status == StatusCode::OK && !page.text.contains("oidc"), "{}", page.text);
    for path in ["/sign-in/oidc", "/sign-in/oidc/back", "/sign-in/oidc/back?code=a&state=b"] {
        assert_eq!(Ask::get(path).of(&server).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn the_way_there_is_a_link_and_the_cookie_is_for_this_browser_alone() {
    let provider = Provider::new().await;
    let server = trusting(&provider, |_| ()).await;
    let page = Ask::get("/sign-in").of(&server).await;
    // A form would be stopped by the page's policy on its way to another site.
    assert!(page.header("content-security-policy").contains("form-action 'self';"));
    assert!(page.text.contains("id=\"oidc\" href=\"/sign-in/oidc\">Sign in with Example ID</a>"), "{}", page.text);
    let there = Ask::get("/sign-in/oidc").of(&server).await;
    let cookie = there.header("set-cookie");
    assert!(cookie.starts_with("adil-oidc=") && cookie.contains("; Max-Age=600"), "{cookie}");
    assert!(cookie.contains("; HttpOnly; SameSite=Lax") && !cookie.contains("Secure"), "{cookie}");
    assert_eq!(there.header("cache-control"), "no-store");
    assert_eq!(there.header("referrer-policy"), "no-referrer");
    let redirect = "redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2Fsign-in%2Foidc%2Fback&";
    assert!(there.location().contains(redirect), "{}", there.location());

    let secure = trusting(&provider, |config| config.base_url = "https://vote.example.org".to_owned()).await;
    let there = Ask::get("/sign-in/oidc").of(&secure).await;
    let cookie = there.header("set-cookie");
    assert!(cookie.starts_with("__Host-adil-oidc=") && cookie.ends_with("; Secure"), "{cookie}");
    assert!(cookie.contains("; Path=/;") && !cookie.contains("Domain"), "{cookie}");
    assert!(there.location().contains("redirect_uri=https%3A%2F%2Fvote.example.org%2Fsign-in%2Foidc%2Fback&"));
}

#[tokio::test]
async fn a_server_without_encryption_takes_no_codes() {
    let provider = Provider::new().await;
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = super::common::config(folder.path());
    config.oidc = Some(provider.settings());
    config.base_url = "http://vote.example.org".to_owned();
    let error = adil_server::App::open(config).await.err().expect("refused").to_string();
    assert!(error.contains("needs an https address"), "{error}");
}

#[tokio::test]
async fn another_browser_cannot_end_what_one_began() {
    let provider = Provider::new().await;
    let server = trusting(&provider, |_| ()).await;
    organiser(&server, EMAIL).await;
    // An attacker signs in as himself, and gives the way back to somebody else: who has begun nothing, or something of her own.
    let (_, his) = begin(&server).await;
    let his = provider.authorize(&his);
    let (hers, _) = begin(&server).await;
    refused(&Ask::get(&format!("/sign-in/oidc/back?{his}")).of(&server).await, 422, BEGIN_AGAIN);
    refused(&come_back(&server, &hers, &his).await, 422, BEGIN_AGAIN);
    refused(&come_back(&server, "adil-oidc=", &his).await, 422, BEGIN_AGAIN);
    // Her cookie with his code and no state, or a state that is no one's.
    let code = his.split('&').next().expect("a code");
    for state in ["", "&state=", "&state=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "&state=a&state=b"] {
        refused(&come_back(&server, &hers, &format!("{code}{state}")).await, 422, BEGIN_AGAIN);
    }
    assert_eq!(provider.asked().1, 0, "no code went to the provider");
    assert_eq!(count(&server, "SELECT COUNT(*) FROM session").await, 0);
}

#[tokio::test]
async fn a_sign_in_serves_once_even_where_the_provider_gives_tokens_twice() {
    let provider = Provider::new().await;
    provider.behave(|own| own.is_sloppy = true);
    let server = trusting(&provider, |_| ()).await;
    organiser(&server, EMAIL).await;
    let (cookie, address) = begin(&server).await;
    let query = provider.authorize(&address);
    let first = come_back(&server, &cookie, &query).await;
    assert!(is_in(&first));
    let ended: Vec<_> = first.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok()).collect();
    assert!(ended.iter().any(|own| own.starts_with("adil-oidc=;") && own.contains("Max-Age=0")), "{ended:?}");
    refused(&come_back(&server, &cookie, &query).await, 422, BEGIN_AGAIN);
    assert_eq!(provider.asked().1, 1);
    // Of several at once one gets in.
    let (cookie, address) = begin(&server).await;
    let query = provider.authorize(&address);
    let (one, two) = tokio::join!(come_back(&server, &cookie, &query), come_back(&server, &cookie, &query));
    assert_ne!(is_in(&one), is_in(&two));
}

#[tokio::test]
async fn a_code_that_the_provider_does_not_take_is_no_fault_of_ours() {
    let provider = Provider::new().await;
    let server = trusting(&provider, |_| ()).await;
    organiser(&server, EMAIL).await;
    for code in ["made-up", "%F0%9F%98%80", "a%26client_secret%3Db"] {
        let (cookie, address) = begin(&server).await;
        let query = provider.authorize(&address);
        let state = query.split("state=").nth(1).expect("a state").to_owned();
        refused(&come_back(&server, &cookie, &format!("code={code}&state={state}")).await, 422, BEGIN_AGAIN);
    }
    // A code of one sign-in is of no use in another: the verifier is another one.
    let (_, his) = begin(&server).await;
    let stolen = provider.authorize(&his);
    let (cookie, own) = begin(&server).await;
    let state = provider.authorize(&own).split("state=").nth(1).expect("a state").to_owned();
    let code = stolen.split('&').next().expect("a code");
    let answer = come_back(&server, &cookie, &format!("{code}&state={state}")).await;
    assert!(!is_in(&answer));
    assert_eq!(count(&server, "SELECT COUNT(*) FROM session").await, 0);
}

#[tokio::test]
async fn ten_minutes_are_enough_and_nobody_makes_a_cookie_of_an_own() {
    let provider = Provider::new().await;
    let server = trusting(&provider, |_| ()).await;
    let now = adil_server::system::seconds();
    let random = adil_server::system::token().expect("random");
    let ends = async |end: u64| {
        let cookie = format!("{end}.{}", *random);
        let state = server.app.token_of("oidc-state", &cookie).to_string();
        come_back(&server, &format!("adil-oidc={cookie}"), &format!("error=access_denied&state={state}")).await
    };
    refused(&ends(now - 1).await, 422, BEGIN_AGAIN);
    refused(&ends(now + 60).await, 422, "did not sign you in");
    // A later end in the cookie is another cookie.
    let (cookie, address) = begin(&server).await;
    let query = provider.authorize(&address);
    let (_, random) = cookie.split_once('.').expect("two parts");
    refused(&come_back(&server, &format!("adil-oidc={}.{random}", now + 86_400), &query).await, 422, BEGIN_AGAIN);
    refused(&come_back(&server, "adil-oidc=later.and.later", &query).await, 422, BEGIN_AGAIN);
}

#[tokio::test]
async fn a_no_at_the_provider_is_a_page_in_the_visitors_language() {
    let provider = Provider::new().await;
    let server = trusting(&provider, |_| ()).await;
    for (language, sentence) in [
        ("en", "did not sign you in"),
        ("ru", "Другая служба не подтвердила вход"),
        ("kk", "Басқа қызмет кіруді растамады"),
    ] {
        let (cookie, address) = begin(&server).await;
        let state = provider.authorize(&address).split("state=").nth(1).expect("a state").to_owned();
        let query = format!("error=access_denied&error_description=%3Cb%3Emischief&state={state}");
        let path = format!("/sign-in/oidc/back?{query}");
        let answer = Ask::get(&path).cookie(&cookie).with("accept-language", language).of(&server).await;
        refused(&answer, 422, sentence);
        assert!(!answer.text.contains("mischief"), "what a stranger wrote is not shown");
        assert!(answer.text.contains(&format!("<html lang=\"{language}\">")));
        assert!(
            answer.text.contains("name=\"to\" value=\"/sign-in\""),
            "another language leads to the page to sign in on"
        );
    }
    assert_eq!(provider.asked(), (0, 0));
}

#[tokio::test]
async fn beginning_and_ending_are_limited_like_the_other_ways() {
    let provider = Provider::new().await;
    let server = trusting(&provider, |_| ()).await;
    organiser(&server, EMAIL).await;
    assert!(is_in(&sign_in_there(&server, &provider).await), "two of thirty");
    let mut begun = 0;
    // The bucket fills again by one in five seconds.
    while begun < 40 && Ask::get("/sign-in/oidc").of(&server).await.status == StatusCode::SEE_OTHER {
        begun += 1;
    }
    assert!((28..40).contains(&begun), "{begun}");
    assert_eq!(Ask::get("/sign-in/oidc/back").of(&server).await.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(Ask::get("/sign-in/oidc").from([198, 51, 100, 1]).of(&server).await.status, StatusCode::SEE_OTHER);
}
