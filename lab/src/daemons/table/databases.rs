//! Where data is kept: databases, caches, queues and directories. It knows no daemon of another
//! kind.

use super::super::service::{Version, tcp, udp};
use super::{Daemon, daemon};

pub(super) const MARIADB: Daemon = daemon!(
    "mariadb",
    ["mariadb-server-core"],
    &[tcp(3306, &["mysql"])
        .shows(&["MariaDB"])
        .version(Version::OfPackage)
        .also(&["asks-password"])]
);

pub(super) const POSTGRESQL: Daemon = daemon!(
    "postgresql",
    ["postgresql"],
    &[tcp(5432, &["postgresql"]).shows(&["PostgreSQL"]).also(&["asks-password"])]
);

pub(super) const REDIS: Daemon = daemon!(
    "redis",
    ["redis-server"],
    &[tcp(6379, &["redis"]).shows(&["Redis"]).version(Version::OfPackage).notes(&["no-password"])]
);

pub(super) const REDIS_PASSWORD: Daemon = daemon!(
    "redis-password",
    ["redis-server"],
    &[tcp(6380, &["redis"]).shows(&["Redis"]).notes(&["asks-password"])]
);

pub(super) const MEMCACHED: Daemon = daemon!(
    "memcached",
    ["memcached"],
    &[
        tcp(11211, &["memcached"])
            .shows(&["memcached"])
            .version(Version::OfPackage)
            .notes(&["no-password"]),
        udp(11211, &["memcached"])
            .shows(&["memcached"])
            .version(Version::OfPackage)
            .notes(&["no-password"]),
    ]
);

/// It tells its version to whoever subscribes to it, and everybody may.
pub(super) const MOSQUITTO: Daemon = daemon!(
    "mosquitto",
    ["mosquitto"],
    &[tcp(1883, &["mqtt"])
        .shows(&["mosquitto"])
        .version(Version::OfPackage)
        .notes(&["no-password"])]
);

pub(super) const SLAPD: Daemon =
    daemon!("slapd", ["slapd"], &[tcp(389, &["ldap"]).shows(&["OpenLDAP"]).also(&["no-password"])]);
