//! What an account's owner sets for the pushes to his server (基本配置).

use crate::ids::{AppId, EncodingAesKey, Token};

/// The data format of pushes and replies (数据格式).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// XML, what an account has unless its owner chose otherwise.
    #[default]
    Xml,
    /// JSON with the same names.
    Json,
}

/// How pushes and replies are encrypted (消息加解密方式).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// No encryption (明文模式).
    #[default]
    Plain,
    /// Plain text and cipher text side by side (兼容模式).
    Compatible,
    /// Cipher text only (安全模式).
    Safe,
}

/// What both sides know and nobody else: it signs and encrypts pushes and replies.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// Signs every request to the developer's server.
    pub token: Token,
    /// Encrypts messages in the compatible and the safe mode.
    pub aes_key: EncodingAesKey,
    /// Trails every encrypted message.
    pub app_id: AppId,
}
