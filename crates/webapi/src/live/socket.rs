//! One socket at work: notes out, pings, and the signs that somebody is still there.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use platform::ids::PublicIds;
use tokio::time::{Instant, interval_at, timeout};

use super::hub::Place;
use super::note::hello;
use super::outbox::End;

/// Between two pings, in real time: below the minute after which proxies close what is silent.
const PING: Duration = Duration::from_secs(25);

/// The connection is gone.
struct Gone;

/// Serves a socket until either side ends it.
pub(super) async fn serve(mut socket: WebSocket, place: Place, ids: PublicIds) {
    let outcome = talk(&mut socket, &place, &ids).await;
    if let Ok(end) = outcome {
        let _ = send(&mut socket, Message::Close(Some(end.frame()))).await;
    }
}

async fn talk(socket: &mut WebSocket, place: &Place, ids: &PublicIds) -> Result<End, Gone> {
    send(socket, Message::text(hello(ids, place.person))).await?;
    let mut pings = interval_at(Instant::now() + PING, PING);
    let mut heard = true;
    loop {
        tokio::select! {
            notes = place.outbox.take() => match notes {
                Ok(notes) => for note in notes {
                    send(socket, Message::text(note.frame(ids))).await?;
                },
                Err(end) => return Ok(end),
            },
            frame = socket.recv() => match frame {
                None | Some(Err(_) | Ok(Message::Close(_))) => return Err(Gone),
                // The client says nothing; its pongs are answers to our pings.
                Some(Ok(_)) => heard = true,
            },
            _ = pings.tick() => {
                if !std::mem::take(&mut heard) {
                    return Err(Gone);
                }
                send(socket, Message::Ping(bytes::Bytes::new())).await?;
            }
        }
    }
}

/// A peer that takes nothing for the time of a ping is gone.
async fn send(socket: &mut WebSocket, message: Message) -> Result<(), Gone> {
    match timeout(PING, socket.send(message)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(Gone),
    }
}

impl End {
    fn frame(self) -> CloseFrame {
        let (code, reason) = match self {
            Self::World => (4001, "the world was reset"),
            Self::SignedOut => (4401, "signed out"),
        };
        CloseFrame { code, reason: reason.into() }
    }
}
