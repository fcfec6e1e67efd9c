//! The lists in force, and how they are replaced while the server runs. It has no clock: whoever owns
//! it says when to look again.

use super::lists::Lists;
use super::text_file::ListError;
use klinke_shared::Network;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::SystemTime;

/// The files from which lists are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListFiles {
    /// Lists, each with the kind of network that it lists.
    pub lists: Vec<(Network, PathBuf)>,
    /// The table of providers.
    pub providers: Option<PathBuf>,
}

impl ListFiles {
    fn load(&self) -> Result<Lists, ListError> {
        Lists::load(&self.lists, self.providers.as_deref())
    }

    fn marks(&self) -> Vec<Mark> {
        let paths = self.lists.iter().map(|(_, path)| path).chain(&self.providers);
        paths.map(|path| mark(path)).collect()
    }
}

/// Lists that follow their files.
#[derive(Debug)]
pub struct Watched {
    files: ListFiles,
    in_force: RwLock<Arc<Lists>>,
    /// The files as they were when they were last read, rightly or wrongly.
    seen: Mutex<Vec<Mark>>,
}

/// By what a changed file is known: when it was written, and its length. Nothing if it is not there.
type Mark = Option<(Option<SystemTime>, u64)>;

impl Watched {
    /// Reads the lists for the first time.
    ///
    /// # Errors
    /// The first file that cannot be read or has a wrong line: without its lists, a server does not
    /// start.
    pub fn open(files: ListFiles) -> Result<Self, ListError> {
        // What changes while it is read is seen at the next look.
        let seen = Mutex::new(files.marks());
        let lists = Arc::new(files.load()?);
        Ok(Self { files, in_force: RwLock::new(lists), seen })
    }

    /// The lists as they are now. Who holds them keeps them, also when others come into force.
    #[must_use]
    pub fn in_force(&self) -> Arc<Lists> {
        Arc::clone(&self.in_force.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the lists again if a file was changed, which is meant to be asked about every half
    /// minute. It reads files, so it belongs on a thread that may wait; whoever asks for the lists
    /// meanwhile does not wait for it. If a file is missing or wrong, the lists stay as they are, and
    /// the log says so once for each change.
    pub fn look_again(&self) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let marks = self.files.marks();
        if *seen == marks {
            return;
        }
        *seen = marks;
        match self.files.load() {
            Ok(lists) => self.put_in_force(lists),
            Err(error) => tracing::error!("the lists of networks stay as they were: {error}"),
        }
    }

    fn put_in_force(&self, lists: Lists) {
        tracing::info!("the lists of networks were read again: {lists}");
        let lists = Arc::new(lists);
        let mut in_force = self.in_force.write().unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::replace(&mut *in_force, lists);
        // To give back the memory of a million networks takes longer than others should wait.
        drop(in_force);
        drop(before);
    }
}

fn mark(path: &Path) -> Mark {
    let data = std::fs::metadata(path).ok()?;
    Some((data.modified().ok(), data.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{self, File};
    use std::io;
    use std::net::IpAddr;
    use std::time::Duration;

    const TOR: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));

    /// A folder with one list in it.
    struct Place {
        folder: tempfile::TempDir,
        written: std::cell::Cell<u64>,
    }

    impl Place {
        fn new(content: &str) -> Self {
            let place = Self { folder: tempfile::tempdir().unwrap(), written: 0.into() };
            place.write(content);
            place
        }

        fn path(&self) -> PathBuf {
            self.folder.path().join("exits")
        }

        /// Each time later than before, however quickly.
        fn write(&self, content: &str) {
            fs::write(self.path(), content).unwrap();
            self.written.set(self.written.get() + 1);
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(self.written.get());
            File::options().append(true).open(self.path()).unwrap().set_modified(time).unwrap();
        }

        fn open(&self) -> Watched {
            let lists = vec![(Network::Tor, self.path())];
            Watched::open(ListFiles { lists, providers: None }).unwrap()
        }
    }

    /// What is logged meanwhile, a line each.
    fn logged(act: impl FnOnce()) -> Vec<String> {
        #[derive(Clone, Default)]
        struct Log(Arc<Mutex<Vec<u8>>>);
        impl io::Write for Log {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                self.0.lock().unwrap().write(bytes)
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let log = Log::default();
        let writer = log.clone();
        let subscriber =
            tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
        tracing::subscriber::with_default(subscriber, act);
        let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_changed_file_comes_into_force_and_who_holds_the_old_lists_keeps_them() {
        let place = Place::new("192.0.2.1\n");
        let watched = place.open();
        let before = watched.in_force();
        // The same length: it is the time that tells.
        place.write("192.0.2.2\n");
        let log = logged(|| watched.look_again());
        assert!(log.len() == 1 && log[0].contains("INFO") && log[0].contains("tor 1"), "{log:?}");
        assert_eq!(before.networks(TOR), [Network::Tor]);
        assert!(watched.in_force().networks(TOR).is_empty());
    }

    #[test]
    fn a_file_of_another_length_is_another_one_even_if_its_time_is_the_same() {
        let place = Place::new("192.0.2.2\n");
        let watched = place.open();
        place.written.set(0);
        place.write("192.0.2.2\n192.0.2.1\n");
        watched.look_again();
        assert_eq!(watched.in_force().networks(TOR), [Network::Tor]);
    }

    #[test]
    fn an_unchanged_file_is_not_read_again() {
        let place = Place::new("192.0.2.1\n");
        let watched = place.open();
        let before = watched.in_force();
        assert!(logged(|| watched.look_again()).is_empty());
        assert!(Arc::ptr_eq(&before, &watched.in_force()));
    }

    #[test]
    fn a_broken_or_missing_file_leaves_the_lists_and_is_told_once_for_each_change() {
        let place = Place::new("192.0.2.1\n");
        let watched = place.open();
        let twice = || {
            logged(|| {
                watched.look_again();
                watched.look_again();
            })
        };
        let changes: [(&dyn Fn(), &str); 3] = [
            (&|| place.write("<html>\n"), "exits, line 1: “<html>” is not accepted"),
            (&|| place.write("<body>\n"), "exits, line 1: “<body>” is not accepted"),
            (&|| fs::remove_file(place.path()).unwrap(), "exits: No such file"),
        ];
        for (change, words) in changes {
            change();
            let log = twice();
            assert!(log.len() == 1 && log[0].contains("ERROR"), "{log:?}");
            assert!(log[0].contains(words), "{log:?}");
            assert_eq!(watched.in_force().networks(TOR), [Network::Tor]);
        }
        place.write("192.0.2.2\n");
        assert_eq!(twice().len(), 1);
        assert!(watched.in_force().networks(TOR).is_empty());
    }

    #[test]
    fn the_table_of_providers_is_followed_too() {
        let place = Place::new("192.0.2.0\t192.0.2.9\t7\tDE\tAlpha\n");
        let files = ListFiles { lists: Vec::new(), providers: Some(place.path()) };
        let watched = Watched::open(files).unwrap();
        place.write("192.0.2.0\t192.0.2.9\t7\tDE\tGamma\n");
        watched.look_again();
        assert_eq!(watched.in_force().provider(TOR), Some("Gamma"));
    }

    #[test]
    fn without_its_lists_nothing_is_opened() {
        let place = Place::new("192.0.2.1\n");
        let lists = vec![(Network::Tor, place.path()), (Network::Vpn, "/nowhere".into())];
        let error = Watched::open(ListFiles { lists, providers: None }).unwrap_err();
        assert!(error.to_string().contains("/nowhere"), "{error}");
    }
}
