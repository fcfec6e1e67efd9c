//! The house whose doors are the services: which doors are worth a picture, and in which flat each
//! is. Knows nothing of how they look.

use klinke_shared::{Family, Port, Ports, services, usual_at};

/// So many doors get a picture: those that are attacked most. Hundreds of pictures tell a person nothing,
/// and would push the open doors out of a telephone's sight.
const MOST_PICTURES: usize = 60;
/// So many pictures there are with the open doors that the house did not have before.
const MOST_WITH_OPEN: usize = 84;

/// The doors of one family of services; those that belong to none have a flat of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flat {
    /// The family.
    pub family: Option<Family>,
    /// Its doors, in the order in which they are asked.
    pub doors: Vec<Port>,
}

/// The front of the house.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct House {
    /// The flats, by family.
    pub flats: Vec<Flat>,
}

impl House {
    /// The house of a plan, or of several addresses' plans.
    #[must_use]
    pub fn of(plans: &[&Ports]) -> Self {
        let known = services().flat_map(|(_, service)| service.ports());
        let planned = known.filter(|port| plans.iter().any(|plan| plan.contains(*port)));
        planned.take(MOST_PICTURES).fold(Self::default(), Self::and)
    }

    /// The house with open doors that it did not have, as long as there is room.
    #[must_use]
    pub fn with(self, open: impl IntoIterator<Item = Port>) -> Self {
        let room =
            |house: Self, door| if house.len() < MOST_WITH_OPEN { house.and(door) } else { house };
        open.into_iter().fold(self, room)
    }

    /// The house with a door more, unless it has it.
    #[must_use]
    pub fn and(mut self, door: Port) -> Self {
        let family = usual_at(door).map(|id| id.service().family);
        // The flat of those that belong nowhere is the last.
        let order = |family: Option<Family>| (family.is_none(), family);
        let place = self.flats.partition_point(|flat| order(flat.family) < order(family));
        if self.flats.get(place).is_none_or(|flat| flat.family != family) {
            self.flats.insert(place, Flat { family, doors: Vec::new() });
        }
        if let Some(flat) = self.flats.get_mut(place).filter(|flat| !flat.doors.contains(&door)) {
            flat.doors.push(door);
        }
        self
    }

    /// Whether it has this door.
    #[must_use]
    pub fn has(&self, door: Port) -> bool {
        self.flats.iter().any(|flat| flat.doors.contains(&door))
    }

    /// How many doors it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.flats.iter().map(|flat| flat.doors.len()).sum()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.flats.is_empty()
    }
}
