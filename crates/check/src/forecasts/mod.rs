//! Checks of forecasts that were committed to before the close.

mod score;

pub(crate) use score::Score;
