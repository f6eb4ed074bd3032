//! A form with a file: `multipart/form-data`. How long it may be is looked at before (`guard`).

use axum::extract::{FromRequest, Multipart, Request};

use crate::{App, ServerError};

use super::super::super::reply::Failure;
use super::super::super::visitor::tongue;
use super::fields::Typed;

/// The fields of a form, and the file of one of them.
pub(super) struct Upload {
    pub(super) typed: Typed,
    /// Empty where no file was chosen.
    pub(super) file: Vec<u8>,
}

impl FromRequest<App> for Upload {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let (path, tongue) = (request.uri().path().to_owned(), tongue(request.headers()));
        read(request, app).await.map_err(|why| {
            let error = ServerError::refused("malformed", why);
            Failure::of(error, app, tongue, &path)
        })
    }
}

async fn read(request: Request, app: &App) -> Result<Upload, String> {
    let mut parts = Multipart::from_request(request, app).await.map_err(|why| why.body_text())?;
    let mut upload = Upload { typed: Typed::default(), file: Vec::new() };
    while let Some(part) = parts.next_field().await.map_err(|why| why.body_text())? {
        let name = part.name().unwrap_or_default().to_owned();
        let is_file = part.file_name().is_some();
        let bytes = part.bytes().await.map_err(|why| why.body_text())?;
        if is_file {
            upload.file = bytes.to_vec();
        } else {
            let text = String::from_utf8(bytes.to_vec()).map_err(|_| format!("the field {name} is no UTF-8"))?;
            upload.typed.0.push((name, text));
        }
    }
    Ok(upload)
}
