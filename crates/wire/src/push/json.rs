//! Writes pushes as JSON: one flat object.

use super::field::{Field, Value};

pub(super) fn object(fields: &[Field]) -> String {
    let members: Vec<String> = fields.iter().map(member).collect();
    format!("{{{}}}", members.join(","))
}

fn member(field: &Field) -> String {
    let name = field.name;
    match &field.value {
        Value::Text(text) => format!(r#""{name}":{}"#, serde_json::Value::from(text.as_str())),
        Value::Number(number) => format!(r#""{name}":{number}"#),
    }
}
