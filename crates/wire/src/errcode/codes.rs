//! Names for the codes that the platform's rules answer with.

use super::ErrCode;

/// Defines the names; each is documented by the table's text.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        impl ErrCode {
            $($(#[$doc])* pub const $name: Self = Self($code);)*

            /// Every code that has a name.
            pub const NAMED: &[Self] = &[$(Self::$name),*];
        }
    };
}

codes! {
    /// A failure of ours; the caller may try again.
    SYSTEM_ERROR = -1;
    /// Success.
    OK = 0;

    /// The token is unknown or superseded.
    INVALID_CREDENTIAL = 40001;
    /// `grant_type` is not the one expected.
    INVALID_GRANT_TYPE = 40002;
    /// The openid is malformed, or not of this account.
    INVALID_OPENID = 40003;
    /// The media type is unknown, or not that of the file.
    INVALID_MEDIA_TYPE = 40004;
    /// The file's content is not allowed for its type.
    INVALID_FILE_TYPE = 40005;
    /// The file is larger than its type allows.
    INVALID_MEDIA_SIZE = 40006;
    /// The media id is unknown, expired, of another type or of another account.
    INVALID_MEDIA_ID = 40007;
    /// The message type is not supported here.
    INVALID_MESSAGE_TYPE = 40008;
    /// The picture is too large.
    INVALID_IMAGE_SIZE = 40009;
    /// The recording is too large.
    INVALID_VOICE_SIZE = 40010;
    /// The film is too large.
    INVALID_VIDEO_SIZE = 40011;
    /// The cover is too large.
    INVALID_THUMB_SIZE = 40012;
    /// The AppID is unknown, or not the token's.
    INVALID_APPID = 40013;
    /// The token is malformed.
    INVALID_ACCESS_TOKEN = 40014;
    /// The link is too long.
    INVALID_URL_SIZE = 40039;
    /// The path is no known interface.
    INVALID_URL = 40066;
    /// The remark is too long.
    INVALID_REMARK_NAME = 40092;
    /// Some argument is wrong.
    INVALID_ARGS = 40097;
    /// A parameter is absent.
    MISSING_PARAMETER = 40101;
    /// The picture is neither JPEG nor PNG.
    UNSUPPORTED_FILE_TYPE = 40113;
    /// The AppSecret is not the account's.
    INVALID_APPSECRET = 40125;
    /// The WeChat id is malformed or unknown.
    INVALID_USERNAME = 40132;
    /// The picture's format is not accepted.
    INVALID_IMAGE_FORMAT = 40137;
    /// The caller's address is not in the account's whitelist.
    NOT_IN_WHITELIST = 40164;
    /// The mini program's page is malformed.
    INVALID_WEAPP_PAGEPATH = 40165;
    /// The mini program is unknown, or not linked.
    INVALID_WEAPP_APPID = 40166;
    /// The account has no server address to check.
    NO_CALLBACK_URL = 40201;
    /// The check's action is unknown.
    INVALID_CHECK_ACTION = 40202;
    /// The check's operator is unknown.
    INVALID_CHECK_OPERATOR = 40203;
    /// A link in the text is malformed.
    INVALID_HREF_TAG = 40213;
    /// The call's signature is wrong.
    INVALID_SIGNATURE = 40234;
    /// The AppSecret is frozen.
    APPSECRET_FROZEN = 40243;

    /// No token in the query.
    ACCESS_TOKEN_MISSING = 41001;
    /// No AppID.
    APPID_MISSING = 41002;
    /// No AppSecret.
    APPSECRET_MISSING = 41004;
    /// No file in the upload.
    MEDIA_DATA_MISSING = 41005;
    /// No media id.
    MEDIA_ID_MISSING = 41006;
    /// No openid.
    OPENID_MISSING = 41009;
    /// No link.
    URL_MISSING = 41010;
    /// A required field is absent.
    REQUIRED_FIELDS_MISSING = 41011;

    /// The token has reached its end.
    ACCESS_TOKEN_EXPIRED = 42001;
    /// Only `GET`.
    REQUIRE_GET = 43001;
    /// Only `POST`.
    REQUIRE_POST = 43002;
    /// The receiver does not follow the account.
    REQUIRE_SUBSCRIBE = 43004;
    /// The receiver is on the account's blacklist.
    REQUIRE_REMOVE_BLACKLIST = 43019;

    /// The uploaded file is empty.
    EMPTY_MEDIA_DATA = 44001;
    /// The body is empty.
    EMPTY_POST_DATA = 44002;
    /// No articles.
    EMPTY_NEWS_DATA = 44003;
    /// The text is empty.
    EMPTY_CONTENT = 44004;
    /// A list is empty.
    EMPTY_LIST = 44005;

    /// The file is too large.
    MEDIA_SIZE_OUT_OF_LIMIT = 45001;
    /// The text is too long.
    CONTENT_SIZE_OUT_OF_LIMIT = 45002;
    /// The title is too long.
    TITLE_SIZE_OUT_OF_LIMIT = 45003;
    /// The summary is too long.
    DESCRIPTION_SIZE_OUT_OF_LIMIT = 45004;
    /// The link is too long.
    URL_SIZE_OUT_OF_LIMIT = 45005;
    /// The picture's link is too long.
    PICURL_SIZE_OUT_OF_LIMIT = 45006;
    /// The recording is too long.
    PLAYTIME_OUT_OF_LIMIT = 45007;
    /// Too many articles.
    ARTICLE_SIZE_OUT_OF_LIMIT = 45008;
    /// The interface's calls of the day are used up.
    DAILY_QUOTA_REACHED = 45009;
    /// The interface's calls of the minute are used up.
    MINUTE_QUOTA_REACHED = 45011;
    /// The receiver has not written or acted lately.
    RESPONSE_OUT_OF_TIME = 45015;
    /// The month's calls of the interface are used up.
    MONTHLY_QUOTA_REACHED = 45040;
    /// The receiver's window allows no further message.
    RESPONSE_COUNT_OUT_OF_LIMIT = 45047;
    /// The account may not send this type of customer message.
    CUSTOM_MESSAGE_TYPE_NOT_ALLOWED = 45050;
    /// The same `clientmsgid` again.
    CLIENT_MSG_ID_EXISTS = 45065;
    /// Neither `Typing` nor `CancelTyping`.
    INVALID_TYPING_COMMAND = 45072;
    /// No exchange with the receiver in the last half minute.
    TYPING_WITHOUT_EXCHANGE = 45080;
    /// The receiver already sees that the account types.
    ALREADY_TYPING = 45081;
    /// The menu message has too many items.
    MENU_MESSAGE_LIST_OUT_OF_LIMIT = 45098;
    /// An item of the menu message is too long.
    MENU_MESSAGE_ITEM_OUT_OF_LIMIT = 45099;
    /// The interface is withdrawn.
    API_UNSUPPORTED = 45103;

    /// No such medium.
    MEDIA_DATA_NOT_FOUND = 46001;
    /// No such user.
    USER_NOT_FOUND = 46004;
    /// The body is not what the interface reads.
    DATA_FORMAT_ERROR = 47001;
    /// A template's value is wrong.
    ARGUMENT_INVALID = 47003;

    /// The account may not call this.
    API_UNAUTHORIZED = 48001;
    /// The receiver accepts no messages.
    USER_BLOCKS_MESSAGES = 48002;
    /// The interface is suspended as a penalty.
    API_FORBIDDEN = 48004;
    /// The month's resets of quotas are used up.
    QUOTA_RESETS_USED_UP = 48006;
    /// The account may not send this type.
    MESSAGE_TYPE_NOT_PERMITTED = 48008;
    /// The user is frozen or restricted.
    USER_LIMITED = 50002;
    /// The account may not have tokens.
    TOKEN_NOT_ALLOWED = 50004;
    /// The user does not follow the account.
    USER_UNSUBSCRIBED = 50005;
    /// The account is frozen.
    ACCOUNT_FROZEN = 50007;
    /// An argument of the customer service is wrong.
    INVALID_KF_PARAMETER = 61451;
    /// The agent is unknown.
    INVALID_KF_ACCOUNT = 61452;
    /// An argument of the customer service is wrong (newer interfaces).
    INVALID_KF_ARGUMENT = 65416;

    /// No such request id.
    RID_NOT_FOUND = 76001;
    /// The request id is malformed.
    RID_MALFORMED = 76002;
    /// The request id is another account's.
    RID_NOT_PERMITTED = 76003;
    /// The request id is older than seven days.
    RID_TOO_OLD = 76004;
    /// No such path.
    CGI_PATH_NOT_FOUND = 76021;
    /// The path's quota is not for this token to see.
    CGI_PATH_NOT_PERMITTED = 76022;

    /// Another confirmation of an address is pending.
    CONFIRMATION_PENDING = 89501;
    /// The administrator was asked to confirm the address.
    CONFIRMATION_REQUIRED = 89503;
    /// The administrator refused the address twice.
    ADDRESS_REFUSED_FOR_A_DAY = 89506;
    /// The administrator refused the address.
    ADDRESS_REFUSED_FOR_AN_HOUR = 89507;
}
