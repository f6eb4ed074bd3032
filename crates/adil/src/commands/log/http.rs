//! As much of HTTP/1.1 as a witness and those who ask it need: one request on a connection, with a body of known length.

use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::time::{Duration, Instant};

/// The most bytes of the lines before a body.
const LONGEST_HEAD: usize = 16 << 10;

/// The time that a whole exchange may take.
pub(super) const DEADLINE: Duration = Duration::from_secs(15);

/// The first line, the lines after it, and the body.
#[derive(Debug)]
pub(super) struct Message {
    /// The first line.
    pub(super) first: String,
    /// Names in lower case, and values.
    headers: Vec<(String, String)>,
    /// The body.
    pub(super) body: Vec<u8>,
}

impl Message {
    /// The value of a header that stands there once.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }
}

fn header<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    let mut values = headers.iter().filter(|(header, _)| header == name).map(|(_, value)| value.as_str());
    values.next().filter(|_| values.next().is_none())
}

/// A connection that ends by itself: what the other side does slowly does not hold us up.
pub(super) struct Timed {
    stream: TcpStream,
    until: Instant,
}

impl Timed {
    /// A connection that may take [`DEADLINE`] from now.
    pub(super) fn new(stream: TcpStream) -> Self {
        Self { stream, until: Instant::now() + DEADLINE }
    }

    fn left(&self) -> io::Result<Duration> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            Err(io::Error::new(io::ErrorKind::TimedOut, "the other side took too long"))
        } else {
            Ok(left)
        }
    }

    /// Reads a message. A body has the length that its header says, or ends with the connection where `to_end` allows.
    pub(super) fn message(&mut self, most: usize, to_end: bool) -> io::Result<Message> {
        let bad = |why: &str| io::Error::new(io::ErrorKind::InvalidData, why.to_owned());
        let mut bytes = Vec::new();
        let end = loop {
            if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                break end;
            }
            if bytes.len() > LONGEST_HEAD || !self.more(&mut bytes)? {
                return Err(bad("the head of the message is too long, or does not end"));
            }
        };
        let mut body = bytes.split_off(end + 4);
        let head = str::from_utf8(&bytes[..end]).map_err(|_| bad("the head of the message is no text"))?;
        let mut lines = head.split("\r\n");
        let first = lines.next().unwrap_or_default().to_owned();
        let mut headers = Vec::new();
        for line in lines {
            let (name, value) = line.split_once(':').ok_or_else(|| bad("a header has no colon"))?;
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        if headers.iter().any(|(name, _)| name == "transfer-encoding") {
            return Err(bad("the body comes in pieces, which is not understood here"));
        }
        let stated = headers.iter().any(|(name, _)| name == "content-length");
        let length = header(&headers, "content-length").filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
        let length = match length.map(str::parse::<usize>) {
            Some(Ok(length)) if length <= most => length,
            None if !stated && !to_end => 0,
            None if !stated => usize::MAX,
            _ => {
                return Err(io::Error::new(
                    io::ErrorKind::FileTooLarge,
                    "the length of the body is no number, or too large",
                ));
            }
        };
        while body.len() < length {
            if body.len() > most {
                return Err(io::Error::new(io::ErrorKind::FileTooLarge, "the body is too large"));
            }
            if !self.more(&mut body)? {
                if length == usize::MAX {
                    break;
                }
                return Err(bad("the connection ended before the body did"));
            }
        }
        body.truncate(length);
        Ok(Message { first, headers, body })
    }

    /// Reads some bytes; false at the end.
    fn more(&mut self, bytes: &mut Vec<u8>) -> io::Result<bool> {
        let mut buffer = [0; 8 << 10];
        self.stream.set_read_timeout(Some(self.left()?))?;
        let read = self.stream.read(&mut buffer)?;
        bytes.extend_from_slice(buffer.get(..read).unwrap_or_default());
        Ok(read > 0)
    }

    /// Writes bytes.
    pub(super) fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.set_write_timeout(Some(self.left()?))?;
        self.stream.write_all(bytes)?;
        self.stream.flush()
    }
}

/// An address of the form `http://host:port/path`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Url {
    host: String,
    path: String,
}

impl Url {
    /// Takes an address apart; `None` for another form.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("http://")?;
        let is_plain = rest.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'?' | b'#' | b'@'));
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        (is_plain && !host.is_empty())
            .then(|| Self { host: host.to_owned(), path: path.trim_end_matches('/').to_owned() })
    }

    /// Sends a body to a path below this one, and reads the answer: status, and message.
    pub(super) fn post(&self, below: &str, body: &str, most: usize) -> io::Result<(u16, Message)> {
        let has_port = self.host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
        let address = if has_port { self.host.clone() } else { format!("{}:80", self.host) };
        let mut failed = io::Error::new(io::ErrorKind::NotFound, "the host has no address");
        for address in address.to_socket_addrs()? {
            match TcpStream::connect_timeout(&address, DEADLINE) {
                Ok(stream) => return self.exchange(stream, below, body, most),
                Err(error) => failed = error,
            }
        }
        Err(failed)
    }

    fn exchange(&self, stream: TcpStream, below: &str, body: &str, most: usize) -> io::Result<(u16, Message)> {
        let mut stream = Timed::new(stream);
        let slash = if self.path.is_empty() { "" } else { "/" };
        let head = format!(
            "POST /{}{slash}{below} HTTP/1.1\r\nHost: {}\r\nContent-Type: text/plain; charset=utf-8\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n",
            self.path,
            self.host,
            body.len()
        );
        stream.send(head.as_bytes())?;
        stream.send(body.as_bytes())?;
        let answer = stream.message(most, true)?;
        let status =
            answer.first.strip_prefix("HTTP/1.").and_then(|rest| rest.get(2..5)).and_then(|code| code.parse().ok());
        let status = status.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "the answer is not HTTP/1.1"))?;
        Ok((status, answer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_one_form() {
        let url = |host: &str, path: &str| Some(Url { host: host.to_owned(), path: path.to_owned() });
        assert_eq!(Url::parse("http://127.0.0.1:80"), url("127.0.0.1:80", ""));
        assert_eq!(Url::parse("http://example.org/a/b/"), url("example.org", "a/b"));
        for bad in
            ["https://example.org", "example.org", "http://", "http:///a", "http://a b", "http://a/\r\nb", "http://u@a"]
        {
            assert_eq!(Url::parse(bad), None, "{bad}");
        }
    }
}
