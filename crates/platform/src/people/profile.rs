//! Making a person, and changing his profile.

use db::Tx;

use super::{Device, Error, MAX_FIELD, MAX_NICKNAME, Person, get, store};
use crate::ids::PersonId;

/// A person to be made.
#[derive(Debug, Clone, Default)]
pub struct NewPerson {
    /// 1 to [`MAX_NICKNAME`] characters.
    pub nickname: String,
    /// 0 unknown, 1 male, 2 female.
    pub sex: i64,
    /// Empty is `zh_CN`.
    pub language: String,
    /// Country.
    pub country: String,
    /// Province.
    pub province: String,
    /// City.
    pub city: String,
    /// A picture's address.
    pub avatar_url: Option<String>,
    /// What he holds in his hand.
    pub device: Device,
}

/// What changes of a profile; `None` stays as it is.
#[derive(Debug, Clone, Default)]
pub struct ProfileChange {
    /// Nickname.
    pub nickname: Option<String>,
    /// 0, 1 or 2.
    pub sex: Option<i64>,
    /// Language.
    pub language: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// Province.
    pub province: Option<String>,
    /// City.
    pub city: Option<String>,
}

/// Makes a person.
pub fn create(tx: &mut Tx<'_>, new: &NewPerson) -> Result<Person, Error> {
    let language = if new.language.is_empty() { "zh_CN" } else { &new.language };
    let person = Person {
        id: PersonId(tx.number("person")?),
        nickname: new.nickname.trim().to_owned(),
        sex: new.sex,
        language: language.to_owned(),
        country: new.country.clone(),
        province: new.province.clone(),
        city: new.city.clone(),
        avatar_url: new.avatar_url.clone(),
        device: new.device.clone(),
        created_at: tx.now(),
    };
    check(&person)?;
    store::insert(tx, &person)?;
    Ok(person)
}

/// Changes a profile.
pub fn update(tx: &mut Tx<'_>, id: PersonId, change: &ProfileChange) -> Result<Person, Error> {
    let mut person = get(tx, id)?;
    let set = |field: &mut String, new: &Option<String>| {
        if let Some(new) = new {
            new.trim().clone_into(field);
        }
    };
    set(&mut person.nickname, &change.nickname);
    set(&mut person.language, &change.language);
    set(&mut person.country, &change.country);
    set(&mut person.province, &change.province);
    set(&mut person.city, &change.city);
    person.sex = change.sex.unwrap_or(person.sex);
    check(&person)?;
    store::update(tx, &person)?;
    Ok(person)
}

fn check(person: &Person) -> Result<(), Error> {
    if !(1..=MAX_NICKNAME).contains(&person.nickname.chars().count()) {
        return Err(Error::InvalidNickname);
    }
    if !(0..=2).contains(&person.sex) {
        return Err(Error::InvalidSex);
    }
    let fields = [
        ("language", &person.language),
        ("country", &person.country),
        ("province", &person.province),
        ("city", &person.city),
        ("device", &person.device.model),
        ("system", &person.device.system),
        ("network", &person.device.network),
        ("carrier", &person.device.carrier),
    ];
    match fields.into_iter().find(|(_, field)| field.chars().count() > MAX_FIELD) {
        Some((name, _)) => Err(Error::FieldTooLong(name)),
        None => Ok(()),
    }
}
