//! Storage, virtualisation, servers' remote consoles, telephone systems and mail. The signs are from
//! the makers' own pages, as they can be seen at any such device.

use super::sign::Place::{Body, Field, Issuer, Name, Realm, Title};
use super::sign::Sign::{Begins, Ends, Has, Is, Status, There};
use super::sign::Version;
use super::{Page, page};
use klinke_shared::Note;

const SERVER: super::sign::Place = Field("server");
const LOCATION: super::sign::Place = Field("location");
const COOKIE: super::sign::Place = Field("set-cookie");

pub(super) const PAGES: &[Page] = &[
    page("Synology DSM", &[Has(Title, "Synology DiskStation")]),
    page("Synology DSM", &[Has(Title, "Synology NAS")]),
    page("Synology Web Station", &[Ends(Title, "Synology Web Station!")]),
    page("Synology DSM", &[Has(Issuer, "Synology Inc.")]),
    page("Synology DSM", &[Ends(Name, ".synology.me")]),
    page("QNAP QTS", &[Has(Body, "/cgi-bin/QTS.cgi")]),
    page("QNAP QTS", &[Ends(Name, ".myqnapcloud.com")]),
    page("QNAP QTS", &[Has(Issuer, "QNAP Systems")]),
    page("WD My Cloud", &[Begins(Title, "WDMyCloud")]),
    page("WD My Cloud", &[Ends(Name, ".remotewd.com")]),
    page("TrueNAS", &[Begins(Title, "TrueNAS")]),
    page("TrueNAS", &[Has(Issuer, "iXsystems")]),
    page("FreeNAS", &[Begins(Title, "FreeNAS")]),
    page("openmediavault", &[Begins(Title, "openmediavault")]),
    page("ReadyNAS", &[Is(Title, "NETGEAR ReadyNAS")]),
    page("Unraid", &[Ends(Name, ".myunraid.net")]),
    page("Proxmox VE", &[Ends(Title, "Proxmox Virtual Environment")]),
    page("Proxmox VE", &[Begins(SERVER, "pve-api-daemon/")]),
    page("Proxmox VE", &[Has(Issuer, "PVE Cluster Manager CA")]),
    page("Proxmox Backup Server", &[Ends(Title, "Proxmox Backup Server")]),
    page("VMware ESXi", &[Has(Body, "ID_EESX_Welcome")]),
    page("VMware vCenter", &[Has(Body, "ID_VC_Welcome")]),
    page("VMware", &[Has(Issuer, "VMware")]),
    page("HPE iLO", &[Begins(SERVER, "HPE-iLO-Server/")]),
    page("HPE iLO", &[Begins(SERVER, "HP-iLO-Server/")]),
    page("HPE iLO", &[Begins(Issuer, "Default Issuer (Do not trust)")]),
    page("Dell iDRAC", &[Begins(Name, "idrac-")]),
    page("Supermicro IPMI", &[Has(Issuer, "Super Micro Computer")]),
    page("Intel AMT", &[Begins(SERVER, "Intel(R) Active Management Technology")])
        .version(Version::FieldAfter("server", "Technology ")),
    page("STARFACE", &[Has(Title, "STARFACE")]),
    page("3CX", &[Begins(Title, "3CX ")]),
    page("Asterisk", &[Begins(SERVER, "Asterisk/")]).version(Version::Server),
    page("FreePBX", &[Is(Title, "FreePBX Administration")]),
    page("Grandstream", &[Begins(Title, "Grandstream")]),
    page("Yealink", &[Begins(Title, "Yealink")]),
    page("Microsoft Exchange", &[There("x-owa-version")]).version(Version::Field("x-owa-version")),
    page("Microsoft Exchange", &[There("x-feserver")]),
    page("Microsoft Exchange", &[Has(LOCATION, "/owa/")]),
    page("RD Web Access", &[Has(LOCATION, "/RDWeb")]),
    page("SharePoint", &[There("microsoftsharepointteamservices")])
        .version(Version::Field("microsoftsharepointteamservices")),
    // GET is not allowed at /wsman (MS-WSMV, 2.1: every message is sent by POST).
    page("WinRM", &[Begins(SERVER, "Microsoft-HTTPAPI/"), Status(405)])
        .notes(&[Note::AsksPassword]),
    page("Kerio Connect", &[Begins(SERVER, "Kerio Connect")]),
    page("David", &[Begins(SERVER, "David-WebBox/")]).version(Version::Server),
    page("Zimbra", &[Begins(Title, "Zimbra")]),
    page("Roundcube", &[Begins(Title, "Roundcube Webmail")]),
    page("Nextcloud", &[Has(COOKIE, "nc_sameSiteCookie")]),
    page("Nextcloud", &[Has(Title, "Nextcloud")]),
    page("ownCloud", &[Is(Title, "ownCloud")]),
    page("Plex Media Server", &[There("x-plex-protocol")]),
    page("Plex Media Server", &[Ends(Name, ".plex.direct")]),
    page("Jellyfin", &[Is(Title, "Jellyfin")]),
    page("Emby", &[Is(Title, "Emby")]),
    page("Usermin", &[Is(Title, "Login to Usermin")]),
    page("Webmin", &[Begins(SERVER, "MiniServ/")]).version(Version::Server),
    page("Cockpit", &[Begins(COOKIE, "cockpit=")]),
    page("Nagios", &[Is(Realm, "Nagios Access")]),
];
