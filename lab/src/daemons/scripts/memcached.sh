# With UDP, which is off by default since it was abused for attacks on others.
exec memcached -u root -l 0.0.0.0,:: -p 11211 -U 11211
