//! The routes, recorded while they are built, so that the catalogue is data.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use axum::extract::Request;
use axum::handler::Handler;
use axum::response::Response;
use platform::Platform;
use wire::endpoints::HostGroup;

/// An endpoint's `handle`, with its extractors.
pub(crate) type Run =
    Arc<dyn Fn(Request, Platform) -> Pin<Box<dyn Future<Output = Response> + Send>> + Send + Sync>;

/// How a caller shows who he is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// By an access token in the query: checked before anything else.
    Token,
    /// By AppID and AppSecret: the endpoint checks them itself.
    Secret,
}

/// A built endpoint.
pub(crate) struct Route {
    pub(crate) access: Access,
    pub(crate) run: Run,
    methods: &'static str,
}

/// The built endpoints of official accounts, by path.
pub(crate) struct Table {
    routes: HashMap<&'static str, Route>,
    access: Access,
}

impl Table {
    /// For endpoints that take an access token.
    pub(crate) fn by_token() -> Self {
        Self { routes: HashMap::new(), access: Access::Token }
    }

    /// For endpoints that take AppID and AppSecret.
    pub(crate) fn by_secret() -> Self {
        Self { routes: HashMap::new(), access: Access::Secret }
    }

    /// An endpoint that answers GET.
    pub(crate) fn get<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, Platform> + Sync,
        T: 'static,
    {
        self.add("GET", path, handler)
    }

    /// An endpoint that answers POST.
    pub(crate) fn post<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, Platform> + Sync,
        T: 'static,
    {
        self.add("POST", path, handler)
    }

    /// An endpoint that answers both.
    pub(crate) fn any<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, Platform> + Sync,
        T: 'static,
    {
        self.add("GET|POST", path, handler)
    }

    /// Both tables' routes.
    pub(crate) fn merge(mut self, other: Self) -> Self {
        for (path, route) in other.routes {
            let former = self.routes.insert(path, route);
            assert!(former.is_none(), "{path} is routed twice");
        }
        self
    }

    pub(crate) fn find(&self, host: HostGroup, path: &str) -> Option<&Route> {
        if host == HostGroup::Api { self.routes.get(path) } else { None }
    }

    pub(crate) fn catalogue(&self) -> Vec<(HostGroup, &'static str, &'static str)> {
        let routes = self.routes.iter();
        let mut routes: Vec<_> =
            routes.map(|(path, route)| (HostGroup::Api, route.methods, *path)).collect();
        routes.sort_unstable();
        routes
    }

    fn add<H, T>(mut self, methods: &'static str, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, Platform> + Sync,
        T: 'static,
    {
        let run: Run =
            Arc::new(move |request, platform| Box::pin(handler.clone().call(request, platform)));
        let former = self.routes.insert(path, Route { access: self.access, run, methods });
        assert!(former.is_none(), "{path} is routed twice");
        self
    }
}
