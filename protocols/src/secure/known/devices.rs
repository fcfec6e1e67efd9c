//! Cameras, printers, loudspeakers and houses. The signs are from the makers' own pages, as they can
//! be seen at any such device.

use super::sign::Place::{Body, Field, Realm, Title};
use super::sign::Sign::{Begins, Has, Is};
use super::sign::Version;
use super::{Page, page};

const SERVER: super::sign::Place = Field("server");

pub(super) const PAGES: &[Page] = &[
    page("Hikvision", &[Begins(SERVER, "Hikvision-Webs")]),
    page("Hikvision", &[Begins(SERVER, "DVRDVS-Webs")]),
    page("Hikvision", &[Begins(SERVER, "DNVRS-Webs")]),
    page("Hikvision", &[Begins(SERVER, "App-webs/")]),
    page("Hikvision", &[Has(Body, "/doc/page/login.asp")]),
    page("Dahua", &[Begins(Realm, "Login to ")]),
    page("AXIS", &[Begins(Realm, "AXIS_")]),
    page("AXIS", &[Has(Title, "AXIS ")]),
    page("Reolink", &[Is(Title, "Reolink")]),
    page("D-Link", &[Begins(Realm, "DCS-")]),
    page("HP printer", &[Begins(SERVER, "HP HTTP Server; ")]),
    page("HP printer", &[Begins(Title, "HP LaserJet")]),
    page("HP printer", &[Begins(Title, "HP Color LaserJet")]),
    page("HP printer", &[Begins(Title, "HP OfficeJet")]),
    page("Canon printer", &[Begins(SERVER, "CANON HTTP Server")]),
    page("Brother printer", &[Begins(Title, "Brother ")]),
    page("Kyocera printer", &[Begins(SERVER, "KM-MFP-http/")]),
    page("Epson printer", &[Begins(SERVER, "EPSON_Linux UPnP/")]),
    page("Epson printer", &[Begins(SERVER, "EPSON-HTTP/")]),
    page("Lexmark printer", &[Begins(Title, "Lexmark ")]),
    page("Ricoh printer", &[Is(Title, "Web Image Monitor")]),
    page("Konica Minolta printer", &[Has(Title, "PageScope Web Connection")]),
    page("Samsung printer", &[Begins(Title, "SyncThru Web Service")]),
    page("APC Management Card", &[Is(Realm, "APC Management Card")]),
    page("Sonos", &[Has(SERVER, "Sonos/")]).version(Version::Server),
    page("Philips Hue", &[Is(Title, "hue personal wireless lighting")]),
    page("Home Assistant", &[Is(Title, "Home Assistant")]),
    page("Node-RED", &[Is(Title, "Node-RED")]),
    page("ioBroker", &[Begins(Title, "ioBroker")]),
    page("openHAB", &[Begins(Title, "openHAB")]),
    page("HomeMatic CCU", &[Begins(Title, "HomeMatic WebUI")]),
    page("Tasmota", &[Begins(SERVER, "Tasmota/")]).version(Version::Server),
    page("Shelly", &[Begins(SERVER, "ShellyHTTP/")]),
    page("OctoPrint", &[Begins(Title, "OctoPrint")]),
    page("Niagara", &[Begins(SERVER, "Niagara Web Server/")]).version(Version::Server),
    page("Moxa NPort", &[Begins(Title, "NPort Web Console")]),
    page("WAGO", &[Has(Title, "WAGO Ethernet Web-based Management")]),
];
