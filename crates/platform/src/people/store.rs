//! All SQL of the people.

use db::{Error, Timestamp, Tx, params};

use super::{Device, Person};
use crate::ids::{PersonId, SessionNo};

db::row! {
    struct PersonRow {
        person_id: PersonId,
        nickname: String,
        sex: i64,
        language: String,
        country: String,
        province: String,
        city: String,
        avatar_url: Option<String>,
        device: String,
        system: String,
        network: String,
        carrier: String,
        created_at: Timestamp,
    }
}

impl From<PersonRow> for Person {
    fn from(row: PersonRow) -> Self {
        Self {
            id: row.person_id,
            nickname: row.nickname,
            sex: row.sex,
            language: row.language,
            country: row.country,
            province: row.province,
            city: row.city,
            avatar_url: row.avatar_url,
            device: Device {
                model: row.device,
                system: row.system,
                network: row.network,
                carrier: row.carrier,
            },
            created_at: row.created_at,
        }
    }
}

pub(crate) fn find(tx: &mut Tx<'_>, id: PersonId) -> Result<Option<Person>, Error> {
    let row: Option<PersonRow> = tx.optional(
        "select person_id, nickname, sex, language, country, province, city, avatar_url, device, \
         system, network, carrier, created_at from person where person_id = $1",
        params![id],
    )?;
    Ok(row.map(Person::from))
}

pub(crate) fn list(tx: &mut Tx<'_>, after: PersonId, limit: i64) -> Result<Vec<Person>, Error> {
    let rows: Vec<PersonRow> = tx.list(
        "/* fan_out */ select person_id, nickname, sex, language, country, province, city, \
         avatar_url, device, system, network, carrier, created_at from person \
         where person_id > $1 order by person_id limit $2",
        params![after, limit],
    )?;
    Ok(rows.into_iter().map(Person::from).collect())
}

pub(crate) fn insert(tx: &mut Tx<'_>, person: &Person) -> Result<(), Error> {
    tx.execute(
        "insert into person (person_id, nickname, sex, language, country, province, city, \
         avatar_url, device, system, network, carrier, created_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        params![
            person.id,
            person.nickname.as_str(),
            person.sex,
            person.language.as_str(),
            person.country.as_str(),
            person.province.as_str(),
            person.city.as_str(),
            person.avatar_url.clone(),
            person.device.model.as_str(),
            person.device.system.as_str(),
            person.device.network.as_str(),
            person.device.carrier.as_str(),
            person.created_at
        ],
    )?;
    Ok(())
}

pub(crate) fn update(tx: &mut Tx<'_>, person: &Person) -> Result<(), Error> {
    tx.execute(
        "update person set nickname = $2, sex = $3, language = $4, country = $5, province = $6, \
         city = $7 where person_id = $1",
        params![
            person.id,
            person.nickname.as_str(),
            person.sex,
            person.language.as_str(),
            person.country.as_str(),
            person.province.as_str(),
            person.city.as_str()
        ],
    )?;
    Ok(())
}

pub(crate) fn insert_session(
    tx: &mut Tx<'_>,
    person: PersonId,
    session: SessionNo,
    secret_hash: &[u8],
) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(
        "insert into person_session (person_id, session_no, secret_hash, created_at) \
         values ($1, $2, $3, $4)",
        params![person, session, secret_hash, now],
    )?;
    Ok(())
}

pub(crate) fn find_session(
    tx: &mut Tx<'_>,
    person: PersonId,
    session: SessionNo,
) -> Result<Option<Vec<u8>>, Error> {
    tx.optional(
        "select secret_hash from person_session where person_id = $1 and session_no = $2",
        params![person, session],
    )
}

pub(crate) fn remove_session(
    tx: &mut Tx<'_>,
    person: PersonId,
    session: SessionNo,
) -> Result<(), Error> {
    tx.execute(
        "delete from person_session where person_id = $1 and session_no = $2",
        params![person, session],
    )?;
    Ok(())
}
