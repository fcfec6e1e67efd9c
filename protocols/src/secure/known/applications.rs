//! Server applications and their interfaces, and HTTP proxies. The signs are from their own sources
//! or documentation.

use super::sign::Place::{Body, Field, Name, Realm, Title};
use super::sign::Sign::{Begins, Ends, Has, Is, Status, There};
use super::sign::Version;
use super::{Page, page};
use klinke_shared::{Note, Protocol};

const SERVER: super::sign::Place = Field("server");
const LOCATION: super::sign::Place = Field("location");
const COOKIE: super::sign::Place = Field("set-cookie");
const OPEN: &[Note] = &[Note::NoPassword];
const ASKS: &[Note] = &[Note::AsksPassword];

pub(super) const PAGES: &[Page] = &[
    // A proxy cannot go to an address without a host's name.
    page("squid", &[Begins(Field("x-squid-error"), "ERR_INVALID_URL")])
        .version(Version::Server)
        .protocol(Protocol::HttpProxy),
    page("squid", &[There("x-squid-error"), Status(407)])
        .version(Version::Server)
        .protocol(Protocol::HttpProxy),
    page("tinyproxy", &[Begins(SERVER, "tinyproxy/")])
        .version(Version::Server)
        .protocol(Protocol::HttpProxy),
    page("Privoxy", &[Begins(Field("proxy-agent"), "Privoxy")])
        .version(Version::FieldAfter("proxy-agent", "Privoxy "))
        .protocol(Protocol::HttpProxy),
    page("Privoxy", &[Status(400), Begins(Body, "Invalid header received from client.")])
        .protocol(Protocol::HttpProxy),
    page("CUPS", &[Begins(SERVER, "CUPS/")]).version(Version::Server).protocol(Protocol::Ipp),
    page("OpenSearch", &[Has(Body, "The OpenSearch Project: https://opensearch.org/")])
        .version(Version::Json("number"))
        .notes(OPEN),
    page("Elasticsearch", &[Has(Body, "You Know, for Search")])
        .version(Version::Json("number"))
        .notes(OPEN),
    page("Elasticsearch", &[Status(401), Has(Body, "security_exception")]).notes(ASKS),
    page("Kibana", &[There("kbn-name")]),
    // Its page loads without a log-in even where its data asks for one.
    page("Solr", &[Is(Title, "Solr Admin")]),
    page("CouchDB", &[Has(Body, "\"couchdb\":\"Welcome\"")]).version(Version::Json("version")),
    page("InfluxDB", &[There("x-influxdb-version")]).version(Version::Field("x-influxdb-version")),
    page("RabbitMQ", &[Is(Title, "RabbitMQ Management")]),
    page("ActiveMQ", &[Is(Realm, "ActiveMQRealm")]),
    page("Podman", &[Has(Body, "\"ApiVersion\""), Has(Body, "\"Podman Engine\"")])
        .version(Version::Json("Version"))
        .notes(OPEN),
    page("Docker", &[Has(Body, "\"ApiVersion\""), Has(Body, "\"MinAPIVersion\"")])
        .version(Version::Json("Version"))
        .notes(OPEN),
    page("Docker Registry", &[There("docker-distribution-api-version")]),
    page("Kubernetes", &[Has(Body, "\"gitVersion\""), Has(Body, "\"gitTreeState\"")])
        .version(Version::Json("gitVersion")),
    page("Kubernetes", &[Status(403), Has(Body, "system:anonymous")]).notes(ASKS),
    page("Kubernetes", &[Status(401), Has(Body, "\"apiVersion\""), Has(Body, "\"Unauthorized\"")])
        .notes(ASKS),
    page("Kubernetes", &[Is(Name, "kubernetes.default.svc")]),
    page("etcd", &[Has(Body, "\"etcdserver\""), Has(Body, "\"etcdcluster\"")])
        .version(Version::Json("etcdserver")),
    page("Portainer", &[Is(Title, "Portainer")]),
    page("Traefik", &[Is(Title, "Traefik")]),
    page("Traefik", &[Is(Name, "TRAEFIK DEFAULT CERT")]),
    page("MinIO", &[Begins(SERVER, "MinIO")]),
    page("Jenkins", &[There("x-jenkins")]).version(Version::Field("x-jenkins")),
    page("GitLab", &[Has(Title, "· GitLab")]),
    page("GitLab", &[There("x-gitlab-meta")]),
    page("Gitea", &[Begins(COOKIE, "i_like_gitea=")]),
    page("Grafana", &[Is(LOCATION, "/login"), Begins(COOKIE, "redirect_to=")]),
    page("Grafana", &[Is(Title, "Grafana")]),
    page("Prometheus", &[Begins(Title, "Prometheus Time Series")]).notes(OPEN),
    page("Prometheus", &[Is(LOCATION, "/graph"), Has(Body, "<a href=\"/graph\">Found</a>")])
        .notes(OPEN),
    page("Node Exporter", &[Is(Title, "Node Exporter")]).notes(OPEN),
    page("Zabbix", &[Ends(Title, ": Zabbix")]),
    page("Icinga Web", &[Begins(Title, "Icinga Web 2")]),
    page("PRTG", &[Begins(SERVER, "PRTG/")]).version(Version::Server),
    page("phpMyAdmin", &[Begins(COOKIE, "phpMyAdmin")]),
    page("phpMyAdmin", &[Begins(Title, "phpMyAdmin")]),
    page("Adminer", &[Ends(Title, " - Adminer")]),
    page("cPanel", &[Begins(SERVER, "cpsrvd")]),
    page("Plesk", &[Begins(Title, "Plesk Obsidian ")]).version(Version::After("Plesk Obsidian ")),
    page("Plesk", &[Begins(Field("x-powered-by"), "Plesk")]),
    page("Confluence", &[There("x-confluence-request-time")]),
    page("Jupyter", &[Begins(SERVER, "TornadoServer/"), Begins(Title, "Jupyter")]),
    page("Ollama", &[Is(Body, "Ollama is running")]).notes(OPEN),
    page("Guacamole", &[Is(Title, "Apache Guacamole")]),
    page("Vaultwarden", &[Begins(Title, "Vaultwarden")]),
    page("AdGuard Home", &[Has(Title, "AdGuard Home")]),
    page("Nginx Proxy Manager", &[Is(Title, "Nginx Proxy Manager")]),
    page("Transmission", &[Is(Realm, "Transmission")]),
    page("qBittorrent", &[Begins(Title, "qBittorrent")]),
    page("WordPress", &[Has(Body, "/wp-content/")]).version(Version::After("content=\"WordPress ")),
    page("Drupal", &[Begins(Field("x-generator"), "Drupal")])
        .version(Version::FieldAfter("x-generator", "Drupal ")),
    page("Joomla!", &[Has(Body, "content=\"Joomla!")]),
    page("TYPO3", &[Has(Body, "content=\"TYPO3 CMS\"")]),
    page("Tomcat", &[Begins(Title, "Apache Tomcat")]).version(Version::After("Apache Tomcat/")),
    page("Tomcat", &[Has(Body, "<h3>Apache Tomcat/")]).version(Version::After("Apache Tomcat/")),
];
