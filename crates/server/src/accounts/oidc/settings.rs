//! What the operator says of the OpenID provider: the file of `adil serve --oidc`.

use std::path::{Path, PathBuf};

use axum::http::Uri;
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::ServerError;

/// An OpenID provider whom the operator trusts to say who organisers are.
#[derive(Clone)]
pub struct OidcSettings {
    /// The provider, letter by letter as it calls itself.
    pub issuer: String,
    /// The name that the provider knows this server by.
    pub client_id: String,
    /// What this server proves to the provider that it is itself with; a public client has none.
    pub client_secret: Option<Zeroizing<String>>,
    /// What people call the provider: it stands on the button.
    pub name: String,
    /// Domains of the mail addresses that it may sign in; all where none is named.
    pub domains: Vec<String>,
    /// A claim that somebody must have, and the value that it must have or hold.
    pub required: Option<(String, String)>,
    /// What is asked for.
    pub scopes: String,
}

impl std::fmt::Debug for OidcSettings {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("OidcSettings").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    issuer: String,
    client_id: String,
    client_secret: Option<Zeroized>,
    client_secret_file: Option<PathBuf>,
    name: String,
    #[serde(default)]
    domains: Vec<String>,
    required: Option<Required>,
    #[serde(default)]
    scopes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Required {
    claim: String,
    value: String,
}

/// A text that is overwritten when it goes.
#[derive(Deserialize)]
#[serde(from = "String")]
struct Zeroized(Zeroizing<String>);

impl From<String> for Zeroized {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl OidcSettings {
    /// Reads the operator's file.
    ///
    /// # Errors
    /// A file cannot be read, others can read the secret, or something in it is missing or cannot be used.
    pub fn read(path: &Path) -> Result<Self, ServerError> {
        let text = read(path)?;
        let wrong = |what: &str| ServerError::Config(format!("{}: {what}", path.display()));
        // The error of the reader would show the line, which may be that of the secret.
        let file: File = toml::from_str(&text).map_err(|error| wrong(error.message()))?;
        let client_secret = match (file.client_secret, file.client_secret_file) {
            (Some(_), Some(_)) => return Err(wrong("client_secret and client_secret_file: one of them is enough")),
            (Some(Zeroized(secret)), None) => {
                refuse_open_file(path)?;
                Some(secret)
            }
            (None, Some(other)) => {
                let other = path.parent().unwrap_or(Path::new("")).join(other);
                refuse_open_file(&other)?;
                Some(Zeroizing::new(read(&other)?.trim_end_matches(['\r', '\n']).to_owned()))
            }
            (None, None) => None,
        };
        if client_secret.as_ref().is_some_and(|secret| secret.is_empty()) {
            return Err(wrong("the client secret is empty"));
        }
        let mut scopes = vec!["openid".to_owned()];
        let asked = if file.scopes.is_empty() { vec!["email".to_owned()] } else { file.scopes };
        scopes.extend(asked.into_iter().filter(|scope| scope != "openid"));
        let settings = Self {
            issuer: file.issuer,
            client_id: file.client_id,
            client_secret,
            name: file.name.trim().to_owned(),
            domains: file.domains.iter().map(|domain| domain.trim_start_matches('@').to_lowercase()).collect(),
            required: file.required.map(|required| (required.claim, required.value)),
            scopes: scopes.join(" "),
        };
        settings.check().map_err(|what| wrong(&what))?;
        Ok(settings)
    }

    /// What is wrong with it.
    fn check(&self) -> Result<(), String> {
        if !is_safe_address(&self.issuer) || self.issuer.contains('?') {
            return Err(format!("issuer: {:?} is no https address (http is for this machine alone)", self.issuer));
        }
        for (what, text) in [("client_id", &self.client_id), ("name", &self.name)] {
            if text.is_empty() || text.chars().any(char::is_control) {
                return Err(format!("{what}: is empty, or more than one line"));
            }
        }
        if let Some(domain) = self.domains.iter().find(|domain| domain.is_empty() || domain.contains(['@', ' ', '*'])) {
            return Err(format!("domains: {domain:?} is no domain"));
        }
        Ok(())
    }

    /// Whether the provider may speak for an address, in small letters.
    pub(super) fn is_of_domain(&self, email: &str) -> bool {
        let domain = email.rsplit('@').next().unwrap_or_default();
        self.domains.is_empty() || self.domains.iter().any(|own| own == domain)
    }
}

/// A file as text that is overwritten when it goes.
fn read(path: &Path) -> Result<Zeroizing<String>, ServerError> {
    let text = std::fs::read_to_string(path);
    text.map(Zeroizing::new).map_err(|error| ServerError::System(format!("{}: {error}", path.display())))
}

/// Refuses a file with a secret that others can read.
fn refuse_open_file(path: &Path) -> Result<(), ServerError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let failed = |error: std::io::Error| ServerError::System(format!("{}: {error}", path.display()));
        if std::fs::metadata(path).map_err(failed)?.permissions().mode() & 0o077 != 0 {
            let text = "holds the client secret, and others can read it: `chmod 600` makes it private";
            return Err(ServerError::Config(format!("{}: {text}", path.display())));
        }
    }
    Ok(())
}

/// Whether an address is one that secrets may be sent to: encrypted, or on this machine.
pub(crate) fn is_safe_address(text: &str) -> bool {
    let Ok(address) = text.parse::<Uri>() else { return false };
    if text.contains('#') {
        return false;
    }
    let (Some(scheme), Some(authority)) = (address.scheme_str(), address.authority()) else { return false };
    let host = authority.host();
    let is_loopback = host == "localhost" || host == "[::1]" || host == "127.0.0.1";
    !host.is_empty() && !authority.as_str().contains('@') && (scheme == "https" || (scheme == "http" && is_loopback))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &str = "issuer = \"https://id.example.org\"\nclient_id = \"adil\"\nname = \"Example\"\n";

    fn read_text(text: &str, mode: u32) -> Result<OidcSettings, ServerError> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("oidc.toml");
        std::fs::write(&path, text).expect("written");
        std::fs::write(folder.path().join("client"), "from a file\n").expect("written");
        #[cfg(unix)]
        for name in ["oidc.toml", "client"] {
            use std::os::unix::fs::PermissionsExt as _;
            let permissions = std::fs::Permissions::from_mode(mode);
            std::fs::set_permissions(folder.path().join(name), permissions).expect("changed");
        }
        OidcSettings::read(&path)
    }

    #[test]
    fn a_file_is_read() {
        let settings = read_text(PLAIN, 0o644).expect("a public client has no secret");
        assert_eq!((settings.scopes.as_str(), settings.client_secret.is_none()), ("openid email", true));
        assert!(settings.is_of_domain("a@anything.example"));
        let more = format!(
            "{PLAIN}client_secret = \"hidden\"\ndomains = [\"@Example.org\"]\nscopes = [\"openid\", \"email\", \"groups\"]\n\
             required = {{ claim = \"groups\", value = \"office\" }}\n"
        );
        let settings = read_text(&more, 0o600).expect("settings");
        assert_eq!(settings.client_secret.as_deref().map(String::as_str), Some("hidden"));
        assert_eq!(settings.scopes, "openid email groups");
        assert_eq!(settings.required, Some(("groups".to_owned(), "office".to_owned())));
        assert!(settings.is_of_domain("a@example.org") && !settings.is_of_domain("a@sub.example.org"));
        assert!(!settings.is_of_domain("a@example.org@other.org") && !settings.is_of_domain("example.org.evil"));
        assert!(!format!("{settings:?}").contains("hidden"));
        let from_file = read_text(&format!("{PLAIN}client_secret_file = \"client\"\n"), 0o600).expect("settings");
        assert_eq!(from_file.client_secret.as_deref().map(String::as_str), Some("from a file"));
    }

    #[test]
    fn what_cannot_be_used_is_refused() {
        let says = |text: &str, mode: u32, part: &str| {
            let error = read_text(text, mode).expect_err("refused").to_string();
            assert!(error.contains(part), "{error}");
            assert!(!error.contains("hidden"), "{error}");
        };
        #[cfg(unix)]
        {
            says(&format!("{PLAIN}client_secret = \"hidden\"\n"), 0o640, "others can read it");
            says(&format!("{PLAIN}client_secret_file = \"client\"\n"), 0o644, "others can read it");
        }
        says(&format!("{PLAIN}client_secret = \"hidden\"\nclient_secret_file = \"client\"\n"), 0o600, "one of them");
        says(&format!("{PLAIN}client_secret = \"hidden\n"), 0o600, "oidc.toml");
        says(&format!("{PLAIN}client_secret = \"\"\n"), 0o600, "empty");
        says(&format!("{PLAIN}typo = 1\n"), 0o600, "typo");
        says(&PLAIN.replace("https", "http"), 0o600, "no https address");
        says(&PLAIN.replace("\"adil\"", "\"\""), 0o600, "client_id");
        says(&format!("{PLAIN}domains = [\"*\"]\n"), 0o600, "no domain");
    }

    #[test]
    fn secrets_go_to_encrypted_addresses_or_this_machine() {
        for address in ["https://id.example.org/a?b=c", "http://127.0.0.1:1/x", "http://[::1]:1", "http://localhost:1"]
        {
            assert!(is_safe_address(address), "{address}");
        }
        for address in [
            "http://id.example.org",
            "http://127.0.0.1.example.org",
            "http://localhost@example.org",
            "https://a@id.example.org",
            "ftp://localhost",
            "/path",
            "id.example.org",
            "https://id.example.org/#part",
            "https://",
            "",
        ] {
            assert!(!is_safe_address(address), "{address}");
        }
    }
}
