//! Answers of server applications and HTTP proxies.

use super::Sample;

pub(super) const ANSWERS: &[Sample] = &[
    ("squid", "5.7", "400 Bad Request\nServer: squid/5.7\nX-Squid-Error: ERR_INVALID_URL 0", ""),
    (
        "squid",
        "5.7",
        "407 Proxy Authentication Required\nServer: squid/5.7\n\
         X-Squid-Error: ERR_CACHE_ACCESS_DENIED 0\nProxy-Authenticate: Basic realm=\"proxy\"",
        "",
    ),
    ("tinyproxy", "1.11.1", "400 Bad Request\nServer: tinyproxy/1.11.1", ""),
    ("Privoxy", "3.0.26", "400 Invalid header\nProxy-Agent: Privoxy 3.0.26", ""),
    (
        "Privoxy",
        "",
        "400 Invalid header received from client\nContent-Type: text/plain",
        "Invalid header received from client.\r\n",
    ),
    ("CUPS", "2.4", "200 OK\nServer: CUPS/2.4 IPP/2.1", "<TITLE>Home - CUPS 2.4.2</TITLE>"),
    (
        "OpenSearch",
        "2.11.0",
        "200 OK",
        "{\"version\" : {\"distribution\" : \"opensearch\", \"number\" : \"2.11.0\"},\
         \"tagline\" : \"The OpenSearch Project: https://opensearch.org/\"}",
    ),
    (
        "Elasticsearch",
        "7.17.9",
        "200 OK\nX-elastic-product: Elasticsearch",
        "{\n  \"name\" : \"node-1\",\n  \"version\" : {\n    \"number\" : \"7.17.9\"\n  },\n  \
         \"tagline\" : \"You Know, for Search\"\n}",
    ),
    (
        "Elasticsearch",
        "",
        "401 Unauthorized\nWWW-Authenticate: Basic realm=\"security\" charset=\"UTF-8\"",
        "{\"error\":{\"root_cause\":[{\"type\":\"security_exception\"}]},\"status\":401}",
    ),
    ("Kibana", "", "302 Found\nlocation: /app/home\nkbn-name: kibana", ""),
    ("Solr", "", "200 OK", "<title>Solr Admin</title>"),
    (
        "CouchDB",
        "3.3.1",
        "200 OK\nServer: CouchDB/3.3.1 (Erlang OTP/24)",
        "{\"couchdb\":\"Welcome\",\"version\":\"3.3.1\",\"vendor\":{}}\n",
    ),
    ("InfluxDB", "1.8.10", "404 Not Found\nX-Influxdb-Version: 1.8.10", "404 page not found"),
    ("RabbitMQ", "", "200 OK\nServer: Cowboy", "<title>RabbitMQ Management</title>"),
    ("ActiveMQ", "", "401 Unauthorized\nWWW-Authenticate: basic realm=\"ActiveMQRealm\"", ""),
    (
        "Podman",
        "4.3.1",
        "200 OK\nServer: Libpod/4.3.1 (linux)",
        "{\"Components\":[{\"Name\":\"Podman Engine\",\"Version\":\"4.3.1\",\
         \"Details\":{\"APIVersion\":\"4.3.1\"}}],\"Version\":\"4.3.1\",\"ApiVersion\":\"1.41\",\
         \"MinAPIVersion\":\"1.24\"}",
    ),
    (
        "Docker",
        "24.0.5",
        "200 OK\nApi-Version: 1.43\nServer: Docker/24.0.5 (linux)",
        "{\"Platform\":{\"Name\":\"Docker Engine - Community\"},\"Components\":[{\"Name\":\"Engine\",\
         \"Version\":\"24.0.5\"}],\"Version\":\"24.0.5\",\"ApiVersion\":\"1.43\",\
         \"MinAPIVersion\":\"1.12\"}",
    ),
    ("Docker Registry", "", "200 OK\nDocker-Distribution-Api-Version: registry/2.0", "{}"),
    (
        "Kubernetes",
        "1.27.3+k3s1",
        "200 OK\nContent-Type: application/json",
        "{\n  \"major\": \"1\",\n  \"minor\": \"27\",\n  \"gitVersion\": \"v1.27.3+k3s1\",\n  \
         \"gitTreeState\": \"clean\"\n}",
    ),
    (
        "Kubernetes",
        "",
        "403 Forbidden",
        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"message\":\"forbidden: User \
         \\\"system:anonymous\\\" cannot get path \\\"/version\\\"\",\"code\":403}",
    ),
    (
        "Kubernetes",
        "",
        "401 Unauthorized",
        "{\n  \"kind\": \"Status\",\n  \"apiVersion\": \"v1\",\n  \"metadata\": {},\n  \
         \"status\": \"Failure\",\n  \"message\": \"Unauthorized\",\n  \"code\": 401\n}",
    ),
    ("etcd", "3.5.9", "200 OK", "{\"etcdserver\":\"3.5.9\",\"etcdcluster\":\"3.5.0\"}"),
    ("Portainer", "", "200 OK", "<title>Portainer</title>"),
    ("Traefik", "", "200 OK", "<title>Traefik</title>"),
    ("MinIO", "", "403 Forbidden\nServer: MinIO", "<Error><Code>AccessDenied</Code></Error>"),
    ("Jenkins", "2.401.1", "403 Forbidden\nX-Jenkins: 2.401.1\nServer: Jetty(10.0.13)", ""),
    ("GitLab", "", "200 OK", "<title>Sign in · GitLab</title>"),
    (
        "GitLab",
        "",
        "302 Found\nLocation: http://192.0.2.7/users/sign_in\nX-Gitlab-Meta: {\"version\":\"1\"}",
        "",
    ),
    ("Gitea", "", "200 OK\nSet-Cookie: i_like_gitea=0a1b; Path=/; HttpOnly", ""),
    ("Grafana", "", "302 Found\nLocation: /login\nSet-Cookie: redirect_to=%2F; Path=/", ""),
    ("Grafana", "", "200 OK", "<title>Grafana</title>"),
    (
        "Prometheus",
        "",
        "200 OK",
        "<title>Prometheus Time Series Collection and Processing Server</title>",
    ),
    ("Prometheus", "", "302 Found\nLocation: /graph", "<a href=\"/graph\">Found</a>.\n\n"),
    ("Node Exporter", "", "200 OK", "<title>Node Exporter</title>"),
    ("Zabbix", "", "200 OK", "<title>office: Zabbix</title>"),
    ("Icinga Web", "", "200 OK", "<title>Icinga Web 2 Login</title>"),
    ("PRTG", "20.1.55.1775", "302 Moved Temporarily\nServer: PRTG/20.1.55.1775", ""),
    ("phpMyAdmin", "", "200 OK\nSet-Cookie: phpMyAdmin=0a1b; path=/; HttpOnly", ""),
    ("phpMyAdmin", "", "200 OK", "<title>phpMyAdmin</title>"),
    ("Adminer", "", "200 OK", "<title>Login - Adminer</title>"),
    ("cPanel", "", "301 Moved\nServer: cpsrvd", ""),
    ("Plesk", "18.0.52", "200 OK\nServer: sw-cp-server", "<title>Plesk Obsidian 18.0.52</title>"),
    ("Plesk", "", "200 OK\nServer: nginx\nX-Powered-By: PleskLin", ""),
    ("Confluence", "", "302 \nX-Confluence-Request-Time: 1699999999999", ""),
    ("Jupyter", "", "200 OK\nServer: TornadoServer/6.2", "<title>Jupyter Notebook</title>"),
    ("Ollama", "", "200 OK\nContent-Type: text/plain", "Ollama is running"),
    ("Guacamole", "", "200 OK", "<title>Apache Guacamole</title>"),
    ("Vaultwarden", "", "200 OK", "<title>Vaultwarden Web</title>"),
    ("AdGuard Home", "", "200 OK", "<title>Login | AdGuard Home</title>"),
    ("Nginx Proxy Manager", "", "200 OK", "<title>Nginx Proxy Manager</title>"),
    ("Transmission", "", "401 Unauthorized\nWWW-Authenticate: Basic realm=\"Transmission\"", ""),
    ("qBittorrent", "", "200 OK", "<title>qBittorrent Web UI</title>"),
    (
        "WordPress",
        "6.3.1",
        "200 OK\nServer: Apache",
        "<meta name=\"generator\" content=\"WordPress 6.3.1\" /><link href=\"/wp-content/x.css\">",
    ),
    ("Drupal", "10", "200 OK\nX-Generator: Drupal 10 (https://www.drupal.org)", ""),
    (
        "Joomla!",
        "",
        "200 OK",
        "<meta name=\"generator\" content=\"Joomla! - Open Source Content Management\" />",
    ),
    ("TYPO3", "", "200 OK", "<meta name=\"generator\" content=\"TYPO3 CMS\" />"),
    ("Tomcat", "9.0.70", "200 ", "<title>Apache Tomcat/9.0.70</title>"),
    ("Tomcat", "9.0.70", "404 ", "<title>HTTP Status 404</title><h3>Apache Tomcat/9.0.70</h3>"),
];
