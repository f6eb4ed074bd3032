//! Where a request comes from.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, Request};

use crate::accounts::Network;

/// The network of who asks. Every proxy in front adds whom it heard from at the end of `X-Forwarded-For`, so that of `proxies`
/// of them the entry of that number from the end is true; what stands before it anybody may have written.
pub(super) fn network(request: &Request, proxies: u8) -> Network {
    Network::of(address(request, proxies))
}

fn address(request: &Request, proxies: u8) -> IpAddr {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(address)| address.ip());
    if proxies == 0 {
        return peer;
    }
    let values = request.headers().get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let all: Vec<&str> = values.flat_map(|value| value.split(',')).map(str::trim).collect();
    let true_one = all.len().checked_sub(usize::from(proxies)).and_then(|place| all.get(place));
    true_one.and_then(|text| text.parse().ok()).unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    #[test]
    fn as_many_proxies_are_believed_as_there_are() {
        let of = |forwarded: &[&str], proxies| {
            let mut builder = Request::builder().uri("/");
            for value in forwarded {
                builder = builder.header("x-forwarded-for", *value);
            }
            let mut request = builder.body(Body::empty()).expect("a request");
            request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 1))));
            address(&request, proxies).to_string()
        };
        assert_eq!(of(&["198.51.100.7"], 0), "192.0.2.1", "nobody is believed");
        assert_eq!(of(&["198.51.100.7"], 1), "198.51.100.7");
        assert_eq!(of(&["203.0.113.9, 198.51.100.7"], 1), "198.51.100.7", "what the client wrote is not believed");
        assert_eq!(of(&["203.0.113.9", "198.51.100.7, 10.0.0.1"], 2), "198.51.100.7");
        assert_eq!(of(&["nonsense"], 1), "192.0.2.1");
        assert_eq!(of(&["198.51.100.7"], 2), "192.0.2.1", "too few");
    }
}
