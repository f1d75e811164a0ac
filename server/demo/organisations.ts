/** The provider and the five customers whom it serves, with what their people do and where they are. */
export interface DemoOrganisation {
  readonly name: string
  readonly domain: string
  /** How many people of it report incidents. */
  readonly people: number
  readonly zones: readonly string[]
  readonly sites: readonly string[]
  /** The first leads it, the next two are heads, the rest is spread over everybody else. */
  readonly titles: readonly string[]
}

const london = 'Europe/London'
const berlin = 'Europe/Berlin'
const newYork = 'America/New_York'

export const provider: DemoOrganisation = {
  name: 'Halyard IT',
  domain: 'it.halyard.example',
  people: 0,
  zones: [london, berlin, newYork],
  sites: ['London Bridge', 'Berlin Mitte', 'Jersey City'],
  titles: [],
}

export const customers: readonly DemoOrganisation[] = [
  {
    name: 'Halyard Retail',
    domain: 'retail.halyard.example',
    people: 30,
    zones: [london, london, london, newYork],
    sites: ['Oxford Street store', 'Leeds store', 'Bristol store', 'Glasgow store', 'Hoboken store', 'head office'],
    titles: [
      'Managing director',
      'Head of stores',
      'Head of merchandising',
      'Store manager',
      'Assistant store manager',
      'Sales assistant',
      'Visual merchandiser',
      'Buyer',
      'Online shop editor',
      'Payroll clerk',
    ],
  },
  {
    name: 'Halyard Logistics',
    domain: 'logistics.halyard.example',
    people: 24,
    zones: [london, berlin, berlin],
    sites: ['Felixstowe depot', 'Hamburg depot', 'Duisburg hub', 'Dispatch office'],
    titles: [
      'Managing director',
      'Head of operations',
      'Head of finance',
      'Dispatcher',
      'Warehouse supervisor',
      'Forklift team leader',
      'Transport planner',
      'Customs clerk',
      'Accountant',
    ],
  },
  {
    name: 'Norvik Marine',
    domain: 'norvik.example',
    people: 20,
    zones: [berlin],
    sites: ['Kiel yard', 'Rostock terminal', 'Fleet control', 'Design office'],
    titles: [
      'Chief executive',
      'Fleet director',
      'Head of engineering',
      'Port captain',
      'Naval architect',
      'Crew coordinator',
      'Purchasing officer',
      'Safety officer',
      'Controller',
    ],
  },
  {
    name: 'Castellan Insurance',
    domain: 'castellan.example',
    people: 22,
    zones: [newYork, newYork, london],
    sites: ['Hudson Street', 'Newark claims centre', 'Fenchurch Street', 'Call centre'],
    titles: [
      'Chief operating officer',
      'Claims director',
      'Head of underwriting',
      'Claims handler',
      'Underwriter',
      'Actuary',
      'Loss adjuster',
      'Call centre agent',
      'Paralegal',
    ],
  },
  {
    name: 'Brightwell Schools',
    domain: 'brightwell.example',
    people: 16,
    zones: [london],
    sites: ['Brightwell Academy', 'Marsh Lane Primary', 'Sixth form centre', 'Trust office'],
    titles: [
      'Trust executive',
      'Head teacher',
      'Business manager',
      'Teacher of mathematics',
      'Teacher of English',
      'School secretary',
      'Librarian',
      'Science technician',
    ],
  },
]

export const teams = [
  { name: 'Service desk', description: 'First line: every call, mail and walk-up that has no better place.' },
  { name: 'Network', description: 'Offices, VPN, Wi-Fi, telephony and the lines between sites.' },
  { name: 'Server & cloud', description: 'Servers, cloud accounts, e-mail, files, identity and backup.' },
  { name: 'Workplace', description: 'Laptops, phones, printers and the software on them.' },
  { name: 'Applications', description: 'Business applications, from finance to the customer portal.' },
  { name: 'Database', description: 'Databases and the reporting warehouse.' },
  { name: 'Security', description: 'Phishing, malware, lost devices and everything confidential.' },
  {
    name: 'Field support',
    description: 'On site in stores, depots and schools.',
    serves: ['Halyard Retail', 'Halyard Logistics', 'Brightwell Schools'],
  },
] as const satisfies readonly { name: string; description: string; serves?: readonly string[] }[]

export type TeamName = (typeof teams)[number]['name']

interface Staff {
  readonly name: string
  readonly title: string
  readonly zone: string
  readonly role: 'analyst' | 'team_lead' | 'service_manager' | 'change_manager' | 'auditor' | 'administrator'
  readonly team?: TeamName
}

const lead = (team: TeamName, name: string, zone: string): Staff => ({
  name,
  zone,
  team,
  title: `${team} lead`,
  role: 'team_lead',
})

const members = (team: TeamName, title: string, people: readonly (readonly [string, string])[]): Staff[] =>
  people.map(([name, zone]) => ({ name, zone, team, title, role: 'analyst' }))

export const staff: readonly Staff[] = [
  { name: 'Ingrid Solheim', title: 'Service manager', zone: london, role: 'service_manager' },
  { name: 'Tomasz Zieliński', title: 'Platform administrator', zone: berlin, role: 'administrator' },
  { name: 'Farah Siddiqui', title: 'Change manager', zone: london, role: 'change_manager' },
  { name: 'Colm Brennan', title: 'Internal auditor', zone: london, role: 'auditor' },
  lead('Service desk', 'Priya Nair', london),
  ...members('Service desk', 'Service desk analyst', [
    ['Daniel Okafor', london],
    ['Sofía Márquez', london],
    ['Liam Byrne', london],
    ['Hannah Vogt', berlin],
    ['Yusuf Demir', berlin],
    ['Marcus Reed', newYork],
    ['Jasmine Tran', newYork],
  ]),
  lead('Network', 'Katarína Nováková', berlin),
  ...members('Network', 'Network engineer', [
    ['Owen Price', london],
    ['Chidi Eze', london],
    ['Mateo Silva', berlin],
    ['Rachel Stein', newYork],
  ]),
  lead('Server & cloud', 'Anders Lindqvist', berlin),
  ...members('Server & cloud', 'Systems engineer', [
    ['Tariq Aziz', london],
    ['Elena Petrova', berlin],
    ['Jonas Weber', berlin],
    ['Mei Chen', newYork],
  ]),
  lead('Workplace', 'Grace Adeyemi', london),
  ...members('Workplace', 'Workplace engineer', [
    ['Aoife Kelly', london],
    ['Pavel Horák', berlin],
    ['Zoe Martin', newYork],
    ['Ibrahim Sesay', london],
  ]),
  lead('Applications', 'Samuel Goldberg', newYork),
  ...members('Applications', 'Application specialist', [
    ['Lucia Romano', london],
    ['Ravi Menon', london],
    ['Emma Fischer', berlin],
    ['Kwame Mensah', newYork],
  ]),
  lead('Database', 'Beatriz Costa', london),
  ...members('Database', 'Database administrator', [
    ['Henrik Dahl', berlin],
    ['Noor Rahman', newYork],
  ]),
  lead('Security', 'Amara Diallo', london),
  ...members('Security', 'Security analyst', [
    ['Lukas Brandt', berlin],
    ['Naomi Katz', newYork],
  ]),
  lead('Field support', 'Declan Murphy', london),
  ...members('Field support', 'Field technician', [
    ['Rosa Jiménez', london],
    ['Piotr Kowal', berlin],
    ['Tamika Brooks', newYork],
  ]),
]
